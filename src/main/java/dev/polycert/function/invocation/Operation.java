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
   * Runs the operation on behalf of a caller. An operation that serves limited callers keeps to
   * their limits; every other operation rejects them.
   *
   * @throws Forbidden thrown, or the failure of the result, when the request goes beyond the
   *     caller's rights
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

  /** The list in the answer that callers may get as a table; empty when the answer has none. */
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
