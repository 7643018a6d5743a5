package dev.polycert.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordTurnsTest {
  private final RecordTurns turns = new RecordTurns();
  private final List<String> begun = new ArrayList<>();

  private CompletableFuture<String> step(String name, String step, CompletableFuture<String> end) {
    return turns
        .inTurn(
            name,
            () -> {
              begun.add(step);
              return Uni.createFrom().completionStage(end);
            })
        .subscribeAsCompletionStage();
  }

  @Test
  void stepsOfOneNameWaitForEachOtherAndForNobodyElse() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    step("a", "first", first);
    step("a", "second", second);
    step("b", "other", new CompletableFuture<>());
    assertThat(begun).containsExactly("first", "other");

    first.complete("done");
    assertThat(begun).containsExactly("first", "other", "second");
  }

  @Test
  void aFailureLetsTheNextOneGo() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> failed = step("a", "first", first);
    step("a", "second", new CompletableFuture<>());

    first.completeExceptionally(new IllegalStateException("broken"));

    assertThat(failed).isCompletedExceptionally();
    assertThat(begun).containsExactly("first", "second");
  }

  @Test
  void whoGivesUpWaitingDoesNotLetOthersPass() {
    CompletableFuture<String> first = new CompletableFuture<>();
    step("a", "first", first);
    CompletableFuture<String> second = step("a", "second", new CompletableFuture<>());
    step("a", "third", new CompletableFuture<>());

    second.cancel(true);
    assertThat(begun).containsExactly("first");

    first.complete("done");
    assertThat(begun).containsExactly("first", "third");
  }
}
