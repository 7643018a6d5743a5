package dev.polycert.provider;

import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the writes that a step says it is about to make, in order. */
public final class RecordedIntents {
  private final List<String> operations = new ArrayList<>();
  private final Supplier<Integer> requestsSoFar;

  /**
   * @param requestsSoFar how many requests the vendor has had
   */
  public RecordedIntents(Supplier<Integer> requestsSoFar) {
    this.requestsSoFar = requestsSoFar;
  }

  /** A context for a step that may write. */
  public WriteContext context() {
    return new WriteContext(
        Instant.now().plusSeconds(20),
        new Object(),
        operation ->
            Uni.createFrom()
                .item(
                    () -> operations.add(operation + " after " + requestsSoFar.get() + " requests"))
                .replaceWithVoid());
  }

  /** The writes, each with the number of requests that the vendor had had before. */
  public List<String> operations() {
    return List.copyOf(operations);
  }
}
