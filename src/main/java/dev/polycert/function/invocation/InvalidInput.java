package dev.polycert.function.invocation;

import java.util.List;

/** The request is not what it should be; nothing was done. */
public final class InvalidInput extends RuntimeException {
  private final transient List<FieldError> errors;

  private InvalidInput(String message, List<FieldError> errors) {
    super(message, null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** The request as a whole cannot be read. */
  public static InvalidInput whole(String message) {
    return new InvalidInput(message, List.of());
  }

  /** Some members are wrong. */
  public static InvalidInput of(List<FieldError> errors) {
    return new InvalidInput(
        errors.size() == 1
            ? "One member of the request is wrong."
            : errors.size() + " members of the request are wrong.",
        errors);
  }

  /** One member is wrong. */
  public static InvalidInput of(String field, String message) {
    return of(List.of(new FieldError(field, message)));
  }

  /** What is wrong with which member; empty when the request as a whole cannot be read. */
  public List<FieldError> errors() {
    return errors;
  }
}
