package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.domain.StoreException;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers with its input, or fails in the way that its input names. */
final class EchoOperation implements Operation {
  private static final String ID = "ord_" + "0".repeat(32);

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/echo", Scope.READ),
        new Route("POST", "/check-verification", Scope.READ),
        new Route("GET", "/orders/{id}", Scope.READ));
  }

  @Override
  public Optional<ObjectNode> scheduled() {
    return Optional.of(Parts.MAPPER.createObjectNode().put("due", true));
  }

  @Override
  public Uni<?> run(JsonNode input, Instant deadline) {
    return switch (input.path("fail").asText()) {
      case "input" -> throw InvalidInput.of("fail", "is not wanted");
      case "unknown" -> Uni.createFrom().failure(new OrderException.Unknown("ord_1"));
      case "conflict" -> Uni.createFrom().failure(new OrderException.Conflict("It is issued."));
      case "store" -> Uni.createFrom().failure(new StoreException("It does not answer.", null) {});
      case "stale" ->
          Uni.createFrom()
              .failure(new OrderBook.StaleOrderException(OrderId.parse(ID).orElseThrow()));
      case "late" -> Uni.createFrom().nothing();
      case "bug" -> throw new IllegalStateException("the key is fake-key-for-tests");
      default -> Uni.createFrom().item(echo(input, deadline));
    };
  }

  private static ObjectNode echo(JsonNode input, Instant deadline) {
    ObjectNode answer = Parts.MAPPER.createObjectNode().put("deadline", deadline.toString());
    answer.set("echo", input);
    return answer;
  }
}
