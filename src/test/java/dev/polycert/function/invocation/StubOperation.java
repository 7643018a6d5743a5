package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** An operation that a test defines by a function. */
public record StubOperation(String name, List<Route> routes, Function<JsonNode, Uni<?>> answer)
    implements Operation {

  /** One with the route {@code GET /name}. */
  public static StubOperation get(String name, Function<JsonNode, Uni<?>> answer) {
    return new StubOperation(name, List.of(new Route("GET", "/" + name, Scope.READ)), answer);
  }

  /** One without a route. */
  static StubOperation of(String name, Function<JsonNode, Uni<?>> answer) {
    return new StubOperation(name, List.of(), answer);
  }

  @Override
  public Uni<?> run(JsonNode input, Instant deadline) {
    return answer.apply(input);
  }
}
