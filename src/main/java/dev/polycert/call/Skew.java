package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises refusals that are due to the date of a signature, by the date of the answer. */
final class Skew {
  /** The smallest tolerance of the vendors: Tencent Cloud API 3.0, {@code SignatureExpire}. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Skew() {}

  /**
   * Finds an error that is due to a wrong clock. Huawei has no code of its own for it, so a refusal
   * of the credentials is one when the answer's date and the signed one differ by more than the
   * tolerance.
   *
   * @param signed the time by which the request was signed
   * @param date the answer's {@code Date} (RFC 9110, section 6.6.1), where it has one
   */
  static Optional<VendorError> of(VendorError error, Instant signed, @Nullable Instant date) {
    return switch (error.errorClass()) {
      case CLOCK -> Optional.of(error);
      case CREDENTIALS ->
          date != null && Duration.between(signed, date).abs().compareTo(TOLERANCE) > 0
              ? Optional.of(error.as(ErrorClass.CLOCK))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The same error with the difference of the clocks in its message. */
  static VendorError named(VendorError error, Duration vendorAhead) {
    return new VendorError(
        error.errorClass(),
        error.code(),
        "%s; this machine's clock is %s %s the vendor's"
            .formatted(
                error.message(),
                text(vendorAhead.abs()),
                vendorAhead.isNegative() ? "ahead of" : "behind"),
        error.requestId(),
        error.retryAfter());
  }

  private static String text(Duration skew) {
    return "%d:%02d:%02d h".formatted(skew.toHours(), skew.toMinutesPart(), skew.toSecondsPart());
  }
}
