package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Delivery;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error in an answer.
 *
 * @param errorClass written as {@code class}
 * @param code the vendor's code verbatim
 * @param requestId the vendor's id of the call
 * @param retryable whether the same request may succeed later without any change; of a delivery,
 *     whether Polycert tries it again by itself
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
    return of(error, error.errorClass().retryable());
  }

  private static ErrorView of(VendorError error, boolean retryable) {
    return new ErrorView(
        error.errorClass(), error.code(), error.message(), error.requestId(), retryable);
  }

  /**
   * Why a delivery failed. Polycert tries it again whatever the class of the error is, because
   * people may change the target at any time, unless the target has refused it for good.
   */
  static @Nullable ErrorView ofNullable(Delivery delivery) {
    VendorError error = delivery.error();
    return error == null ? null : of(error, delivery.state() == Delivery.State.WAITING);
  }

  static @Nullable ErrorView ofNullable(@Nullable VendorError error) {
    return error == null ? null : of(error);
  }
}
