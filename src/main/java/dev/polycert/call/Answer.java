package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a question to a service, of one call or of several, came to. */
public sealed interface Answer<T> {

  /**
   * What was asked for.
   *
   * @param requestId the service's id of the call
   */
  record Success<T>(T value, @Nullable String requestId) implements Answer<T> {}

  /** Why it was not had. */
  record Failed<T>(Failure failure) implements Answer<T> {

    /** The same failure as the answer to another question. */
    @SuppressWarnings("unchecked") // It holds no value.
    public <R> Answer<R> of() {
      return (Answer<R>) this;
    }
  }

  /** An answer of a service that gives its calls no ids, or of ours. */
  static <T> Answer<T> of(T value) {
    return new Success<>(value, null);
  }

  /** A refusal. */
  static <T> Answer<T> refused(VendorError error) {
    return new Failed<>(new Failure.Refused(error));
  }

  /** The same answer with something else made of the value. */
  default <R> Answer<R> map(Function<T, R> change) {
    return switch (this) {
      case Success<T>(T value, @Nullable String requestId) ->
          new Success<>(change.apply(value), requestId);
      case Failed<T> failed -> failed.of();
    };
  }

  /** The answer to the question that follows a success; a failure stays what it is. */
  default <R> Answer<R> then(Function<Success<T>, Answer<R>> next) {
    return switch (this) {
      case Success<T> success -> next.apply(success);
      case Failed<T> failed -> failed.of();
    };
  }

  /** Puts another answer in place of a failure. */
  default Answer<T> recover(Function<Failure, Answer<T>> other) {
    return this instanceof Failed<T>(Failure failure) ? other.apply(failure) : this;
  }

  /** Puts a value in place of a refusal that means it: no such record is no record. */
  default Answer<T> recover(Predicate<VendorError> refusal, T value) {
    return this instanceof Failed<T>(Failure.Refused(VendorError error)) && refusal.test(error)
        ? new Success<>(value, error.requestId())
        : this;
  }

  /** This answer, without waiting for any call. */
  default Uni<Answer<T>> now() {
    return Uni.createFrom().item(this);
  }

  /** Asks the question that follows a success; a failure stays what it is. */
  static <T, R> Uni<Answer<R>> then(
      Uni<Answer<T>> call, Function<Success<T>, Uni<Answer<R>>> next) {
    return call.flatMap(
        answer ->
            switch (answer) {
              case Success<T> success -> next.apply(success);
              case Failed<T> failed -> Uni.createFrom().item(failed.of());
            });
  }

  /** Asks another question in place of one that failed. */
  static <T> Uni<Answer<T>> recover(
      Uni<Answer<T>> call, Function<Failure, Uni<Answer<T>>> other) {
    return call.flatMap(
        answer ->
            answer instanceof Failed<T>(Failure failure)
                ? other.apply(failure)
                : Uni.createFrom().item(answer));
  }
}
