package dev.polycert.provider;

import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step at a provider came to. An expected answer is never an exception; an exception out
 * of a provider is a bug.
 */
public sealed interface Outcome {

  /** Everything is known for the write; nothing was written. */
  record Ready(Plan plan) implements Outcome {}

  /**
   * The vendor told where the application stands.
   *
   * @param validations what to publish; empty means that the vendor said nothing about it, and what
   *     is known stays
   * @param vendorStatus the vendor's status verbatim, for the history; cut where it is long
   * @param message the vendor's explanation, where it gave one; cut where it is long
   */
  record Progress(
      Phase phase,
      Reference reference,
      List<Validation> validations,
      @Nullable CertificateFacts certificate,
      String vendorStatus,
      @Nullable String message,
      @Nullable String requestId)
      implements Outcome {

    public Progress {
      validations = List.copyOf(validations);
      vendorStatus = VendorText.clean(vendorStatus);
      message = VendorText.cleanOrNull(message);
    }
  }

  /** The vendor (or a check of our own before any call) said no, and nothing took effect. */
  record Refused(VendorError error) implements Outcome {}

  /** A write may or may not have reached the vendor. Look before anything is sent again. */
  record Unclear(VendorError error) implements Outcome {}

  /** A look-up shows that the vendor knows no such application. */
  record Absent(@Nullable String requestId) implements Outcome {}

  /**
   * Nothing was sent, because there was no time or no token left; {@code notBefore} is worth it.
   */
  record Deferred(Instant notBefore, String reason) implements Outcome {}
}
