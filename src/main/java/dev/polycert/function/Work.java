package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.InvalidInput;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.OrderId;
import dev.polycert.order.Working;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Sends orders that were recorded and not sent, each by itself: a batch of a queue or of the
 * table's stream, of which only what failed comes again.
 */
@ApplicationScoped
public class Work implements Operation {
  private final Invocation invocation;
  private final Working working;

  Work(Invocation invocation, Working working) {
    this.invocation = invocation;
    this.working = working;
  }

  /** The Lambda function. */
  @Funq("work")
  public Uni<JsonNode> work(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "work";
  }

  /** None: over HTTP the same is asked of {@code check-verification}. */
  @Override
  public List<Route> routes() {
    return List.of();
  }

  /** Takes anything with an {@code id}: a message of a queue, or an order's item in the table. */
  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    OrderId id =
        OrderId.parse(input.path("id").asText())
            .orElseThrow(() -> InvalidInput.of("id", "expected an order id"));
    return working.send(id, deadline).map(order -> StepsAnswer.of(List.of(order)));
  }
}
