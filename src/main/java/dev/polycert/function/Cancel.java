package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Ending;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Ends orders: withdraws applications, deletes what nothing uses, revokes certificates. */
@ApplicationScoped
public class Cancel implements Operation {
  private final Invocation invocation;
  private final Ending ending;

  Cancel(Invocation invocation, Ending ending) {
    this.invocation = invocation;
    this.ending = ending;
  }

  /** The Lambda function. */
  @Funq("cancel")
  public Uni<JsonNode> cancel(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/cancel"));
  }

  @Override
  public Uni<CancelAnswer> run(JsonNode input, Instant deadline) {
    CancelRequest request = CancelRequest.read(input);
    return ending
        .end(request.orders(), request.action(), request.reason(), deadline)
        .map(CancelAnswer::of);
  }
}
