package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The result of a question to a service, which takes one call or several. */
public sealed interface Answer<T> {

  /**
   * The service answered the question.
   *
   * @param requestId the service's id of the call
   */
  record Success<T>(T value, @Nullable String requestId) implements Answer<T> {}

  /** The service did not answer the question; the failure says why. */
  record Failed<T>(Failure failure) implements Answer<T> {

    /** The same failure as the answer to another question. */
    @SuppressWarnings("unchecked") // It holds no value.
    public <R> Answer<R> of() {
      return (Answer<R>) this;
    }
  }

  /** A success without a request id, because the service gives none or made no call. */
  static <T> Answer<T> of(T value) {
    return new Success<>(value, null);
  }

  static <T> Answer<T> refused(VendorError error) {
    return new Failed<>(new Failure.Refused(error));
  }

  /** Converts the value of a success; a failure stays as it is. */
  default <R> Answer<R> map(Function<T, R> change) {
    return switch (this) {
      case Success<T>(T value, @Nullable String requestId) ->
          new Success<>(change.apply(value), requestId);
      case Failed<T> failed -> failed.of();
    };
  }

  /** Replaces a success by the next answer; a failure stays as it is. */
  default <R> Answer<R> then(Function<Success<T>, Answer<R>> next) {
    return switch (this) {
      case Success<T> success -> next.apply(success);
      case Failed<T> failed -> failed.of();
    };
  }

  /** Replaces a failure by another answer. */
  default Answer<T> recover(Function<Failure, Answer<T>> other) {
    return this instanceof Failed<T>(Failure failure) ? other.apply(failure) : this;
  }

  /** Replaces a refusal that means a value, as "no such record" means an empty list. */
  default Answer<T> recover(Predicate<VendorError> refusal, T value) {
    return this instanceof Failed<T>(Failure.Refused(VendorError error)) && refusal.test(error)
        ? new Success<>(value, error.requestId())
        : this;
  }

  /** Wraps this answer as the result of a call that has already ended. */
  default Uni<Answer<T>> now() {
    return Uni.createFrom().item(this);
  }

  /** Makes the next call after a success; a failure stays as it is. */
  static <T, R> Uni<Answer<R>> then(
      Uni<Answer<T>> call, Function<Success<T>, Uni<Answer<R>>> next) {
    return call.flatMap(
        answer ->
            switch (answer) {
              case Success<T> success -> next.apply(success);
              case Failed<T> failed -> Uni.createFrom().item(failed.of());
            });
  }

  /** Makes another call in place of one that failed. */
  static <T> Uni<Answer<T>> recover(Uni<Answer<T>> call, Function<Failure, Uni<Answer<T>>> other) {
    return call.flatMap(
        answer ->
            answer instanceof Failed<T>(Failure failure)
                ? other.apply(failure)
                : Uni.createFrom().item(answer));
  }
}
