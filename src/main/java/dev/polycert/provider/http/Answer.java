package dev.polycert.provider.http;

import dev.polycert.provider.Outcome;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
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
}
