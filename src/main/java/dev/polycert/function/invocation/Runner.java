package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Author;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs operations, whatever triggered them. Every error is a failure of the returned Uni. */
@ApplicationScoped
public class Runner {
  /** Added to the deadline, which operations keep themselves: one that hangs is cut off. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How many events of one delivery are handled at once. */
  private static final int AT_ONCE = 4;

  private final ObjectMapper mapper;
  private final Problems problems;
  private final Clock clock;

  Runner(ObjectMapper mapper, Problems problems, Clock clock) {
    this.mapper = mapper;
    this.problems = problems;
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
      case Trigger.Single(Event event) -> run(operation, operation.input(event), caller, deadline);
      case Trigger.Together(List<JsonNode> elements) ->
          outcomes(operation, elements, caller, deadline).map(this::results);
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
   * Handles a trigger whose sender gets no answer: when one of several events fails, it fails as a
   * whole, once all are handled.
   */
  Uni<JsonNode> handle(Operation operation, Trigger trigger, Principal caller, Instant deadline) {
    return trigger instanceof Trigger.Together(List<JsonNode> elements)
        ? outcomes(operation, elements, caller, deadline).flatMap(this::all)
        : run(operation, trigger, caller, deadline);
  }

  private Uni<JsonNode> all(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> Stream.ofNullable(outcome.failure))
        .findFirst()
        .<Uni<JsonNode>>map(failure -> Uni.createFrom().failure(failure))
        .orElseGet(() -> Uni.createFrom().item(results(outcomes)));
  }

  /** The answer or the problem of each event, in their order. */
  private JsonNode results(List<Outcome> outcomes) {
    ObjectNode answer = mapper.createObjectNode();
    ArrayNode results = answer.putArray("results");
    outcomes.forEach(
        outcome ->
            results.add(
                outcome.failure == null
                    ? outcome.answer
                    : mapper.valueToTree(problems.of(outcome.failure))));
    return answer;
  }

  /**
   * Handles events that were delivered together. Those with the same input are handled once, and
   * the answers of the others refer to the first.
   */
  private Uni<List<Outcome>> outcomes(
      Operation operation, List<JsonNode> elements, Principal caller, Instant deadline) {
    Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();
    Map<JsonNode, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      try {
        Integer same = first.putIfAbsent(operation.input(Trigger.event(elements.get(i))), i);
        if (same != null) {
          outcomes.put(i, Outcome.of(mapper.createObjectNode().put("sameAs", same)));
        }
      } catch (RuntimeException unreadable) {
        outcomes.put(i, Outcome.failed(unreadable));
      }
    }
    return Multi.createFrom()
        .iterable(first.entrySet())
        .onItem()
        .transformToUni(
            event ->
                Uni.createFrom()
                    .deferred(() -> run(operation, event.getKey(), caller, deadline))
                    .map(Outcome::of)
                    .onFailure()
                    .recoverWithItem(Outcome::failed)
                    .invoke(outcome -> outcomes.put(event.getValue(), outcome)))
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(
            all ->
                IntStream.range(0, elements.size())
                    .mapToObj(i -> Objects.requireNonNull(outcomes.get(i)))
                    .toList());
  }

  /** The answer to one of several events, or why it has none. */
  private record Outcome(@Nullable JsonNode answer, @Nullable Throwable failure) {

    static Outcome of(JsonNode answer) {
      return new Outcome(answer, null);
    }

    static Outcome failed(Throwable failure) {
      return new Outcome(null, failure);
    }
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
