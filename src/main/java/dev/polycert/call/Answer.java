package dev.polycert.call;

import dev.polycert.provider.Account;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one operation of a vendor came to: its typed answer, or the outcome that ends the step. */
public sealed interface Answer<T> {

  /**
   * The vendor's typed answer.
   *
   * @param requestId the vendor's id of the call
   */
  record Success<T>(T value, @Nullable String requestId) implements Answer<T> {}

  /** {@code Refused}, {@code Unclear} or {@code Deferred}. */
  record Failure<T>(Outcome outcome) implements Answer<T> {}

  /** The same answer with something else made of the value. */
  default <R> Answer<R> map(Function<T, R> change) {
    return switch (this) {
      case Success<T>(T value, @Nullable String requestId) ->
          new Success<>(change.apply(value), requestId);
      case Failure<T>(Outcome outcome) -> new Failure<>(outcome);
    };
  }

  /** Puts a value in place of a refusal that means it: no such record is no record. */
  default Answer<T> or(Predicate<VendorError> refusal, T value) {
    return this instanceof Failure<T>(Outcome.Refused(VendorError error)) && refusal.test(error)
        ? new Success<>(value, error.requestId())
        : this;
  }

  /** Whether the vendor refused with that code. */
  default boolean isRefused(String code) {
    return this instanceof Failure<T>(Outcome.Refused(VendorError error))
        && error.code().equals(code);
  }

  /** Makes a call of an account that has its keys; nothing can be signed without. */
  static <T> Uni<Answer<T>> ifConfigured(Account account, Supplier<Uni<Answer<T>>> call) {
    if (account.configured()) {
      return call.get();
    }
    VendorError error =
        new VendorError(
            ErrorClass.CREDENTIALS,
            "NotConfigured",
            "set " + String.join(", ", account.missing()) + " in the environment");
    return Uni.createFrom().item(new Failure<>(new Outcome.Refused(error)));
  }

  /** Goes on with the call's answer, or ends with the failure's outcome. */
  static <T> Uni<Outcome> then(Uni<Answer<T>> call, Function<Success<T>, Uni<Outcome>> next) {
    return call.flatMap(
        answer ->
            switch (answer) {
              case Success<T> success -> next.apply(success);
              case Failure<T>(Outcome outcome) -> Uni.createFrom().item(outcome);
            });
  }

  /** As above, for a question that has a result. */
  static <T, R> Uni<Result<R>> thenResult(
      Uni<Answer<T>> call, Function<Success<T>, Uni<Result<R>>> next) {
    return call.flatMap(
        answer ->
            switch (answer) {
              case Success<T> success -> next.apply(success);
              case Failure<T>(Outcome outcome) ->
                  Uni.createFrom().item(new Result.Failed<>(outcome));
            });
  }

  /** The call's answer as what a question came to. */
  static <T> Uni<Result<T>> result(Uni<Answer<T>> call) {
    return thenResult(call, success -> Result.value(success.value(), success.requestId()));
  }
}
