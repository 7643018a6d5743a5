package dev.polycert.function.invocation;

/** Reports to a caller that is no HTTP client why there is no answer. */
public final class FunctionException extends RuntimeException {

  FunctionException(String message) {
    super(message, null, false, false);
  }

  /** The message without the class: Funqy reports {@code toString()} of an exception. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // getMessage() is the same text
  public String toString() {
    return String.valueOf(getMessage());
  }
}
