package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error in an answer.
 *
 * @param errorClass written as {@code class}
 * @param code the vendor's code verbatim
 * @param requestId the vendor's id of the call
 * @param retryable whether the same request may succeed later without any change
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorView(
    @JsonProperty("class") ErrorClass errorClass,
    String code,
    String message,
    @Nullable String requestId,
    boolean retryable) {

  static ErrorView of(VendorError error) {
    return new ErrorView(
        error.errorClass(),
        error.code(),
        error.message(),
        error.requestId(),
        error.errorClass().retryable());
  }

  static @Nullable ErrorView ofNullable(@Nullable VendorError error) {
    return error == null ? null : of(error);
  }
}
