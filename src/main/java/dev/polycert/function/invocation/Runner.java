package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Author;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs operations, whatever triggered them. Every error is a failure of the returned Uni. */
@ApplicationScoped
public class Runner {
  /** Added to the deadline, which operations keep themselves: one that hangs is cut off. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How many events of one delivery are handled at once. */
  private static final int AT_ONCE = 4;

  private final ObjectMapper mapper;
  private final Clock clock;

  Runner(ObjectMapper mapper, Clock clock) {
    this.mapper = mapper;
    this.clock = clock;
  }

  /** Runs an operation for a schedule, for events or for plain JSON, on behalf of a caller. */
  Uni<JsonNode> run(Operation operation, Trigger trigger, Principal caller, Instant deadline) {
    return switch (trigger) {
      case Trigger.Schedule schedule ->
          operation
              .scheduled()
              .map(input -> run(operation, input, caller, deadline))
              .orElseGet(() -> rejected(operation.name() + " is not run by a schedule."));
      case Trigger.Events events -> run(operation, events.events(), caller, deadline);
      case Trigger.Direct direct -> run(operation, direct.input(), caller, deadline);
      case Trigger.Http http -> rejected("An HTTP event cannot be inside of something else.");
      case Trigger.Batch batch -> rejected("A batch cannot be inside of something else.");
    };
  }

  /** Runs an operation once. */
  Uni<JsonNode> run(Operation operation, JsonNode input, Principal caller, Instant deadline) {
    Duration patience = Duration.between(clock.instant(), deadline).plus(GRACE);
    return Author.<JsonNode>as(
            caller, () -> operation.run(input, caller, deadline).map(mapper::valueToTree))
        // A time-out here must not cancel the work: the vendor's answer has to be recorded.
        .memoize()
        .indefinitely()
        .ifNoItem()
        .after(patience.isPositive() ? patience : GRACE)
        .failWith(() -> new OverdueException(operation.name()));
  }

  /**
   * Handles events that were delivered together; if one fails, all fail. Events with the same input
   * are handled once, and the answer refers from the others to the first.
   */
  private Uni<JsonNode> run(
      Operation operation, List<Event> events, Principal caller, Instant deadline) {
    List<JsonNode> inputs = events.stream().map(operation::input).toList();
    if (inputs.size() == 1) {
      return run(operation, inputs.getFirst(), caller, deadline);
    }
    Map<JsonNode, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      first.putIfAbsent(inputs.get(i), i);
    }
    List<Uni<JsonNode>> runs =
        first.keySet().stream()
            .map(input -> Uni.createFrom().deferred(() -> run(operation, input, caller, deadline)))
            .toList();
    return Uni.join()
        .all(runs)
        .usingConcurrencyOf(AT_ONCE)
        .andCollectFailures()
        .onFailure(CompositeException.class)
        .transform(failures -> failures.getCauses().getFirst())
        .map(results -> together(inputs, first, results.iterator()));
  }

  private JsonNode together(
      List<JsonNode> inputs, Map<JsonNode, Integer> first, Iterator<JsonNode> results) {
    ObjectNode answer = mapper.createObjectNode();
    ArrayNode entries = answer.putArray("results");
    for (int i = 0; i < inputs.size(); i++) {
      int index = Objects.requireNonNull(first.get(inputs.get(i)));
      entries.add(index == i ? results.next() : mapper.createObjectNode().put("sameAs", index));
    }
    return answer;
  }

  private static Uni<JsonNode> rejected(String why) {
    return Uni.createFrom().failure(InvalidInput.whole(why));
  }

  /** There is no answer in time. The work goes on, and its results are recorded. */
  static final class OverdueException extends RuntimeException {

    OverdueException(String operation) {
      super(
          "There is no answer of %s in time. What was begun goes on and is on record: look at the"
                  .formatted(operation)
              + " orders, or ask again, which sends nothing twice.",
          null,
          false,
          false);
    }
  }
}
