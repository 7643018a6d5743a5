package dev.polycert.provider;

import dev.polycert.call.VendorText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an application as its vendor reports it.
 *
 * @param validations what to publish; empty when the vendor reports nothing, and the known ones
 *     stay
 * @param vendorStatus the vendor's status verbatim, for the history; shortened where it is long
 * @param message the vendor's explanation, where it gave one; shortened where it is long
 * @param requestId the vendor's id of the call
 */
public record Progress(
    Phase phase,
    Reference reference,
    List<Validation> validations,
    @Nullable CertificateFacts certificate,
    String vendorStatus,
    @Nullable String message,
    @Nullable String requestId) {

  public Progress {
    validations = List.copyOf(validations);
    vendorStatus = VendorText.clean(vendorStatus);
    message = VendorText.cleanOrNull(message);
  }
}
