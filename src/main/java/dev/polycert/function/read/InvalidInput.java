package dev.polycert.function.read;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A request was rejected before anything was done for it. */
public final class InvalidInput extends RuntimeException {
  private final transient List<FieldError> errors;

  private InvalidInput(String message, List<FieldError> errors) {
    super(message, null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** Rejects a request that cannot be read as a whole. */
  public static InvalidInput whole(String message) {
    return new InvalidInput(message, List.of());
  }

  /** Rejects a request for some of its members. */
  public static InvalidInput of(List<FieldError> errors) {
    return new InvalidInput(
        errors.size() == 1
            ? "One member of the request is wrong."
            : errors.size() + " members of the request are wrong.",
        errors);
  }

  /** Rejects a request for one of its members. */
  public static InvalidInput of(String field, String message) {
    return of(List.of(new FieldError(field, message)));
  }

  /** The errors by member; empty when the request as a whole cannot be read. */
  public List<FieldError> errors() {
    return errors;
  }

  /**
   * What is wrong with one member of a request.
   *
   * @param field its path, {@code domains[3]} or {@code providerOptions.alibaba-esa.siteId}
   * @param message what is wrong and what would be right
   */
  @RegisterForReflection
  public record FieldError(String field, String message) {

    @Override
    public String toString() {
      return field + ": " + message;
    }
  }
}
