package dev.polycert.function.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunnerTest {
  private final Runner runner = new Runner(Parts.MAPPER, Parts.problems(), Parts.CLOCK);
  private final AtomicInteger cancelled = new AtomicInteger();
  private final CompletableFuture<String> slow = new CompletableFuture<>();

  @Test
  void anOperationThatMissesItsDeadlineFailsAndIsNotCancelled() {
    Instant almostTooLate = Parts.NOW.minusMillis(2_900);

    assertThatThrownBy(
            () ->
                runner
                    .run(
                        operation(input -> answerLater()),
                        direct("{}"),
                        Principal.PROCESS,
                        almostTooLate)
                    .await()
                    .indefinitely())
        .isInstanceOf(Runner.OverdueException.class);
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void anEventThatFailsDoesNotCancelItsNeighbour() {
    CompletableFuture<JsonNode> answer =
        runner
            .run(
                operation(input -> input.has("bad") ? reject() : answerLater()),
                new Trigger.Together(List.of(event("{\"bad\":true}"), event("{}"))),
                Principal.PROCESS,
                Parts.NOW.plusSeconds(25))
            .subscribeAsCompletionStage();

    assertThat(answer).isNotDone();
    slow.complete("done");
    assertThat(cancelled).hasValue(0);
    assertThat(answer.join().at("/results/0/status").intValue()).isEqualTo(400);
    assertThat(answer.join().at("/results/1").textValue()).isEqualTo("done");
  }

  /** A queue delivers a message again until it is handled as a whole. */
  @Test
  void forASenderThatGetsNoAnswersOneFailureIsThatOfAllOnceAllAreHandled() {
    CompletableFuture<?> answer =
        runner
            .handle(
                operation(input -> input.has("bad") ? reject() : answerLater()),
                new Trigger.Together(List.of(event("{\"bad\":true}"), event("{}"))),
                Principal.PROCESS,
                Parts.NOW.plusSeconds(25))
            .subscribeAsCompletionStage();

    assertThat(answer).isNotDone();
    slow.complete("done");
    assertThat(cancelled).hasValue(0);
    assertThatThrownBy(answer::join).hasRootCauseInstanceOf(InvalidInput.class);
  }

  @Test
  void equalEventsAreHandledOnceAndFewAtATime() {
    JsonNode same = event("{}");
    List<JsonNode> others =
        IntStream.range(0, 10).mapToObj(i -> event("{\"i\":" + i + "}")).toList();
    AtomicInteger begun = new AtomicInteger();

    CompletableFuture<JsonNode> answer =
        runner
            .run(
                operation(
                    input -> {
                      begun.incrementAndGet();
                      return answerLater();
                    }),
                new Trigger.Together(
                    Stream.concat(Collections.nCopies(1000, same).stream(), others.stream())
                        .toList()),
                Principal.PROCESS,
                Parts.NOW.plusSeconds(25))
            .subscribeAsCompletionStage();

    assertThat(begun).hasValue(4);
    slow.complete("done");
    assertThat(answer.join().get("results")).hasSize(1010);
    assertThat(answer.join().at("/results/999/sameAs").intValue()).isZero();
    assertThat(answer.join().at("/results/1009").textValue()).isEqualTo("done");
    assertThat(begun).hasValue(11);
  }

  private Uni<String> answerLater() {
    return Uni.createFrom()
        .completionStage(slow)
        .onCancellation()
        .invoke(cancelled::incrementAndGet);
  }

  private static Uni<String> reject() {
    return Uni.createFrom().failure(InvalidInput.whole("bad"));
  }

  private static JsonNode event(String data) {
    return StrictJson.parse(
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"s\",\"data\":" + data + "}");
  }

  private static Trigger direct(String json) {
    return new Trigger.Direct(StrictJson.parse(json));
  }

  private static Operation operation(Function<JsonNode, Uni<?>> run) {
    return StubOperation.of("test", run);
  }
}
