package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Progress;

/**
 * Ends a step early and carries its answer to where the step began. acme4j reports a CA's answers
 * as exceptions, which are converted into this one.
 */
final class Ended extends Exception {
  private final transient Answer<Progress> answer;

  Ended(Answer<Progress> answer) {
    super(answer.toString(), null, false, false);
    this.answer = answer;
  }

  Ended(Failure failure) {
    this(new Answer.Failed<>(failure));
  }

  Ended(VendorError refusal) {
    this(new Failure.Refused(refusal));
  }

  Answer<Progress> answer() {
    return answer;
  }

  /** The answer to a question that is not about an order's state. */
  <T> Answer<T> failed() {
    return answer.then(
        progress -> {
          throw new IllegalStateException("no failure: " + progress);
        });
  }

  /** Whether the CA refused with that code. */
  boolean isRefused(String code) {
    return answer instanceof Answer.Failed<Progress>(Failure failure) && failure.isRefused(code);
  }

  /** The same, with what a person can do about a lasting refusal. */
  Ended withAdvice(String advice) {
    boolean helps =
        answer instanceof Answer.Failed<Progress>(Failure.Refused(VendorError error))
            && !error.errorClass().retryable()
            && !error.code().equals(BadSetting.CODE);
    if (!helps || advice.isEmpty()) {
      return this;
    }
    VendorError error = ((Answer.Failed<Progress>) answer).failure().error();
    return new Ended(
        new VendorError(
            error.errorClass(),
            error.code(),
            error.message() + "; " + advice,
            error.requestId(),
            error.retryAfter()));
  }
}
