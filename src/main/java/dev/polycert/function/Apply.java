package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Applying;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderState;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Applies for certificates: every domain at every provider of the request. */
@ApplicationScoped
public class Apply implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Applying applying;

  Apply(Invocation invocation, Catalog catalog, Applying applying) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.applying = applying;
  }

  /** The Lambda function. */
  @Funq("apply")
  public Uni<JsonNode> apply(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "apply";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/apply"));
  }

  /** 202 while anything waits to be sent: it is on record, and the sweep or a worker sends it. */
  @Override
  public int status(JsonNode answer) {
    return answer.at("/summary/byState/" + OrderState.REQUESTED).asInt() > 0 ? 202 : 200;
  }

  @Override
  public Uni<ApplyAnswer> run(JsonNode input, Instant deadline) {
    ApplyRequest request = ApplyRequest.read(input, catalog);
    return applying
        .apply(request.command(), deadline)
        .map(entries -> ApplyAnswer.of(entries, request.notes()));
  }
}
