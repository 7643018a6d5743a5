package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Exporting;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Gives out an issued certificate, with its private key only when that is asked for. */
@ApplicationScoped
public class ExportCertificate implements Operation {
  private final Invocation invocation;
  private final Exporting exporting;

  ExportCertificate(Invocation invocation, Exporting exporting) {
    this.invocation = invocation;
    this.exporting = exporting;
  }

  /** The Lambda function. */
  @Funq("export")
  public Uni<JsonNode> export(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/export"));
  }

  @Override
  public Uni<ExportAnswer> run(JsonNode input, Instant deadline) {
    ExportRequest request = ExportRequest.read(input);
    return exporting
        .export(request.order(), request.includePrivateKey(), deadline)
        // A password is stretched for a while, which no event loop has the time for.
        .emitOn(Thread::startVirtualThread)
        .map(exported -> ExportAnswer.of(exported, request));
  }
}
