package dev.polycert.provider;

import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * What a question to a provider came to: what was asked for, or the outcome it ended in instead.
 */
public sealed interface Result<T> {

  /**
   * What was asked for.
   *
   * @param requestId the vendor's id of the call
   */
  record Value<T>(T value, @Nullable String requestId) implements Result<T> {}

  /** {@code Refused}, {@code Unclear}, {@code Deferred} or {@code Absent}. */
  record Failed<T>(Outcome outcome) implements Result<T> {}

  /** What was asked for. */
  static <T> Uni<Result<T>> value(T value, @Nullable String requestId) {
    return Uni.createFrom().item(new Value<>(value, requestId));
  }

  /** A refusal. */
  static <T> Uni<Result<T>> refused(VendorError error) {
    return Uni.createFrom().item(new Failed<>(new Outcome.Refused(error)));
  }
}
