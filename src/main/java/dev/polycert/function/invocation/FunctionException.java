package dev.polycert.function.invocation;

/** Tells a caller that is not an HTTP client that, and why, there is no answer. */
public final class FunctionException extends RuntimeException {

  FunctionException(String message) {
    super(message, null, false, false);
  }

  /** The message alone: Funqy reports {@code toString()} of what a function throws. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // getMessage() is the same text
  public String toString() {
    return String.valueOf(getMessage());
  }
}
