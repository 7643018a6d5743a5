package dev.polycert.dns;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes changes of one name wait for each other in this process: a domain and its wildcard are
 * validated by two records of one name, mostly at the same time.
 */
public final class RecordTurns {
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Takes a step after all earlier steps of that name have ended, with or without success. */
  public <T> Uni<T> inTurn(String name, Supplier<Uni<T>> step) {
    return Uni.createFrom().deferred(() -> queued(name, step));
  }

  private <T> Uni<T> queued(String name, Supplier<Uni<T>> step) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> put = last.put(name, mine);
    CompletableFuture<Void> before = put == null ? CompletableFuture.completedFuture(null) : put;
    return Uni.createFrom()
        // A copy, because a step that is cancelled while it waits would cancel the one that is
        // running.
        .completionStage(before.copy())
        .flatMap(turn -> step.get())
        .onTermination()
        .invoke(
            () -> {
              // A step that is cancelled while it waits must not let the next one overtake the one
              // that is running.
              var unused = before.whenComplete((done, never) -> mine.complete(null));
              last.remove(name, mine);
            });
  }
}
