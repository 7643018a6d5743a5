package dev.polycert.function.read;

import dev.polycert.function.read.InvalidInput.FieldError;
import java.util.List;

/** Reports that a request goes beyond its caller's rights; nothing was done for it. */
public final class Forbidden extends RuntimeException {
  private final transient List<FieldError> errors;

  private Forbidden(String message, List<FieldError> errors) {
    super(message, null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** Refuses a request as a whole. */
  public static Forbidden whole(String message) {
    return new Forbidden(message, List.of());
  }

  /** Refuses a request for some of its members. */
  static Forbidden of(List<FieldError> errors) {
    return new Forbidden("Your key does not reach as far as this request.", errors);
  }

  /** The errors by member; empty when the request is refused as a whole. */
  public List<FieldError> errors() {
    return errors;
  }
}
