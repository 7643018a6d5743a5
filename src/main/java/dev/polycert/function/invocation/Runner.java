package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Runs an operation for whatever asks for it. Everything that goes wrong is a failed Uni. */
@ApplicationScoped
public class Runner {
  /** Operations keep their deadline by themselves; one that does not must not hang for ever. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** Of events that came together. */
  private static final int AT_ONCE = 4;

  private final ObjectMapper mapper;
  private final Clock clock;

  Runner(ObjectMapper mapper, Clock clock) {
    this.mapper = mapper;
    this.clock = clock;
  }

  /** Runs it for a schedule, an event or plain JSON. */
  Uni<JsonNode> run(Operation operation, Trigger trigger, Instant deadline) {
    return switch (trigger) {
      case Trigger.Schedule schedule ->
          operation
              .scheduled()
              .map(input -> run(operation, input, deadline))
              .orElseGet(() -> refused(operation.name() + " is not run by a schedule."));
      case Trigger.Events events -> run(operation, events.events(), deadline);
      case Trigger.Direct direct -> run(operation, direct.input(), deadline);
      case Trigger.Http http -> refused("An HTTP event cannot be inside of something else.");
      case Trigger.Batch batch -> refused("A batch cannot be inside of something else.");
    };
  }

  /** Runs it once. */
  Uni<JsonNode> run(Operation operation, JsonNode input, Instant deadline) {
    Duration patience = Duration.between(clock.instant(), deadline).plus(GRACE);
    return Uni.createFrom()
        .deferred(() -> operation.run(input, deadline).<JsonNode>map(mapper::valueToTree))
        // Giving up on the answer must not cancel the work: a vendor's answer is to be recorded.
        .memoize()
        .indefinitely()
        .ifNoItem()
        .after(patience.isPositive() ? patience : GRACE)
        .failWith(() -> new OverdueException(operation.name()));
  }

  /**
   * Several events that came together are answered for together: one that fails, fails all. What
   * many of them say is done once, and answered for at the first of them.
   */
  private Uni<JsonNode> run(Operation operation, List<Event> events, Instant deadline) {
    List<JsonNode> inputs = events.stream().map(operation::input).toList();
    if (inputs.size() == 1) {
      return run(operation, inputs.getFirst(), deadline);
    }
    Map<JsonNode, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      first.putIfAbsent(inputs.get(i), i);
    }
    List<Uni<JsonNode>> runs =
        first.keySet().stream()
            .map(input -> Uni.createFrom().deferred(() -> run(operation, input, deadline)))
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
      int told = Objects.requireNonNull(first.get(inputs.get(i)));
      entries.add(told == i ? results.next() : mapper.createObjectNode().put("sameAs", told));
    }
    return answer;
  }

  private static Uni<JsonNode> refused(String why) {
    return Uni.createFrom().failure(InvalidInput.whole(why));
  }
}
