package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that can be asked for, whichever way the request comes in. */
public interface Operation {

  /** The name of its function, {@code apply}. */
  String name();

  /** Where it is found over HTTP. */
  List<Route> routes();

  /**
   * Does it.
   *
   * @param input the request: a body, an event's data, or query and path parameters as texts
   * @param deadline nothing is waited for beyond this
   * @return an answer that Jackson can write
   * @throws InvalidInput thrown or as failure, when the input is not what it should be
   */
  Uni<?> run(JsonNode input, Instant deadline);

  /** The HTTP status of an answer. */
  default int status(JsonNode answer) {
    return 200;
  }

  /** The input that a schedule stands for; empty when no schedule runs this. */
  default Optional<ObjectNode> scheduled() {
    return Optional.empty();
  }

  /** The input that an event stands for: what it carries, unless the operation reads events. */
  default JsonNode input(Event event) {
    return event.data();
  }
}
