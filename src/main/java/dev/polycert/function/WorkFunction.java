package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.OrderId;
import dev.polycert.order.use.Work;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Sends one order that was recorded and not yet sent: a message of a queue or a record of the
 * table's stream. Only failed ones of a batch are delivered again.
 */
@ApplicationScoped
public class WorkFunction implements Operation {
  private final Invocation invocation;
  private final Work work;

  WorkFunction(Invocation invocation, Work work) {
    this.invocation = invocation;
    this.work = work;
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

  /** None: over HTTP {@code check-verification} does the same. */
  @Override
  public List<Route> routes() {
    return List.of();
  }

  /**
   * The input is anything with an {@code id}: a queue's message, or an order's item in the table.
   */
  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    OrderId id =
        OrderId.parse(input.path("id").asText())
            .orElseThrow(() -> InvalidInput.of("id", "expected an order id"));
    return work.send(id, deadline).map(order -> StepsAnswer.of(List.of(order)));
  }
}
