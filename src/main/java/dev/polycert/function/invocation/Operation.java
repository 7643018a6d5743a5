package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.Forbidden;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one function does, however its request comes in. */
public interface Operation {

  /** The name of its function, {@code apply}. */
  String name();

  /** Its routes over HTTP. */
  List<Route> routes();

  /**
   * Runs it.
   *
   * @param input the request: a body, an event's data, or query and path parameters as texts
   * @param deadline when waiting for anything has to end
   * @return an answer that Jackson can write
   * @throws InvalidInput thrown or as failure, when the input is wrong
   */
  Uni<?> run(JsonNode input, Instant deadline);

  /**
   * Runs it on behalf of a caller. An operation that takes limited callers does so within their
   * limits; the others refuse them.
   *
   * @throws Forbidden thrown or as failure, when the caller may not have what is asked for
   */
  default Uni<?> run(JsonNode input, Principal caller, Instant deadline) {
    return caller.limited()
        ? Uni.createFrom()
            .failure(
                Forbidden.whole(
                    "This is not for keys that are limited to some domains or accounts."))
        : run(input, deadline);
  }

  /** The HTTP status of an answer. */
  default int status(JsonNode answer) {
    return 200;
  }

  /** The list in the answer to an input that callers may have as a table; empty for none. */
  default Optional<Table> table(JsonNode input) {
    return Optional.empty();
  }

  /** The input of a scheduled run; empty when it cannot be scheduled. */
  default Optional<ObjectNode> scheduled() {
    return Optional.empty();
  }

  /** The input from an event: its data, unless an operation reads events in its own way. */
  default JsonNode input(Event event) {
    return event.data();
  }
}
