package dev.polycert.function.invocation;

import io.quarkus.runtime.annotations.RegisterForReflection;

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
