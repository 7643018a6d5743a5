package dev.polycert.dns;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets changes of one name take turns in this process: a name and its wildcard are validated by two
 * records of the same name, mostly at the same time.
 */
final class RecordTurns {
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Takes a step after all earlier ones of that name have ended, however they did. */
  <T> Uni<T> inTurn(String name, Supplier<Uni<T>> step) {
    return Uni.createFrom().deferred(() -> queued(name, step));
  }

  private <T> Uni<T> queued(String name, Supplier<Uni<T>> step) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> put = last.put(name, mine);
    CompletableFuture<Void> before = put == null ? CompletableFuture.completedFuture(null) : put;
    return Uni.createFrom()
        // A copy, because who gives up while waiting would cancel the step at work.
        .completionStage(before.copy())
        .flatMap(turn -> step.get())
        .onTermination()
        .invoke(
            () -> {
              // Who gives up while waiting does not let the next one pass the one at work.
              var unused = before.whenComplete((done, never) -> mine.complete(null));
              last.remove(name, mine);
            });
  }
}
