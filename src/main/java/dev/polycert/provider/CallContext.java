package dev.polycert.provider;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a step at a provider may use.
 *
 * @param deadline nothing is waited for beyond this
 * @param intent records, durably and before any byte is sent, that the named write is about to be
 *     made. When it fails the write must not be made, and its failure is passed on as it is.
 */
public record CallContext(Instant deadline, Function<String, Uni<Void>> intent) {

  /** For steps that may only read: a write in it is a bug. */
  public static CallContext readOnly(Instant deadline) {
    return new CallContext(
        deadline,
        operation ->
            Uni.createFrom()
                .failure(new IllegalStateException(operation + " writes in a read-only step")));
  }
}
