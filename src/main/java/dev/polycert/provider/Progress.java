package dev.polycert.provider;

import dev.polycert.call.VendorText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor says that an application stands.
 *
 * @param validations what to publish; empty means that the vendor said nothing about it, and what
 *     is known stays
 * @param vendorStatus the vendor's status verbatim, for the history; cut where it is long
 * @param message the vendor's explanation, where it gave one; cut where it is long
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
