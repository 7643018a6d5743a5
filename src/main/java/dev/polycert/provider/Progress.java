package dev.polycert.provider;

import dev.polycert.call.VendorText;
import java.time.Instant;
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
 * @param until when the vendor gives the application up if nothing is published, where it says so
 */
public record Progress(
    Phase phase,
    Reference reference,
    List<Validation> validations,
    @Nullable CertificateFacts certificate,
    String vendorStatus,
    @Nullable String message,
    @Nullable String requestId,
    @Nullable Instant until) {

  public Progress {
    validations = List.copyOf(validations);
    vendorStatus = VendorText.clean(vendorStatus);
    message = VendorText.cleanOrNull(message);
  }

  /** The progress at a vendor that names no end. */
  public Progress(
      Phase phase,
      Reference reference,
      List<Validation> validations,
      @Nullable CertificateFacts certificate,
      String vendorStatus,
      @Nullable String message,
      @Nullable String requestId) {
    this(phase, reference, validations, certificate, vendorStatus, message, requestId, null);
  }
}
