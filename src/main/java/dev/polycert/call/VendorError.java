package dev.polycert.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error as the vendor reported it, classified. Long texts are cut: see {@link VendorText}.
 *
 * @param errorClass what it means
 * @param code the vendor's code verbatim, or a code of our own for transport failures ({@code
 *     Transport.Timeout})
 * @param message the vendor's text, redacted and shortened
 * @param requestId the vendor's id of the call, where there was one
 * @param retryAfter how long the vendor asked to wait, where it did
 */
public record VendorError(
    ErrorClass errorClass,
    String code,
    String message,
    @Nullable String requestId,
    @Nullable Duration retryAfter) {

  public VendorError {
    code = VendorText.clean(code);
    message =
        errorClass == ErrorClass.NEEDS_USER
            ? VendorText.cleanWithLink(message)
            : VendorText.clean(message);
    requestId = VendorText.cleanOrNull(requestId);
  }

  public VendorError(ErrorClass errorClass, String code, String message) {
    this(errorClass, code, message, null, null);
  }

  /** The same error under another class, for an operation that gives a code another meaning. */
  public VendorError as(ErrorClass other) {
    return new VendorError(other, code, message, requestId, retryAfter);
  }
}
