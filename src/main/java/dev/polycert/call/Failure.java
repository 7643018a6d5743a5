package dev.polycert.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why a call did not succeed. */
public sealed interface Failure {

  /** The service, or a check of our own before the call, refused; nothing took effect. */
  record Refused(VendorError error) implements Failure {}

  /** A write may or may not have reached the service. Look before anything is sent again. */
  record Unclear(VendorError error) implements Failure {}

  /**
   * Nothing was sent, for lack of time or of a rate token; a try makes sense from {@code notBefore}
   * on.
   */
  record Deferred(Instant notBefore, String reason) implements Failure {

    @Override
    public VendorError error() {
      return new VendorError(
          ErrorClass.THROTTLED, "Deferred", reason + "; worth trying again from " + notBefore);
    }
  }

  /** A look-up showed that the service has no such thing. */
  record Absent(@Nullable String requestId) implements Failure {

    @Override
    public VendorError error() {
      return new VendorError(
          ErrorClass.FINAL,
          "UnknownAtVendor",
          "the vendor does not know this application: it was removed there, or the keys are of"
              + " another account now");
    }
  }

  /** The failure as an error to report to the caller. */
  VendorError error();

  /** Whether the service refused with that code. */
  default boolean isRefused(String code) {
    return this instanceof Refused(VendorError error) && error.code().equals(code);
  }

  /** Whether the service refused with an error of that class. */
  default boolean isRefused(ErrorClass errorClass) {
    return this instanceof Refused(VendorError error) && error.errorClass() == errorClass;
  }
}
