package dev.polycert.vendor.ssh;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import java.io.Serial;

/** Ends a delivery; nothing outside of this folder sees it. */
final class SshFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient VendorError error;
  private final boolean connected;

  private SshFailure(VendorError error, boolean connected) {
    super(error.code() + ": " + error.message());
    this.error = error;
    this.connected = connected;
  }

  /** A failure before a session existed, so that nothing was done. */
  static SshFailure unconnected(ErrorClass errorClass, String code, String message) {
    return new SshFailure(new VendorError(errorClass, code, message), false);
  }

  static SshFailure of(ErrorClass errorClass, String code, String message) {
    return new SshFailure(new VendorError(errorClass, code, message), true);
  }

  VendorError error() {
    return error;
  }

  /** Whether the machine was reached, so that something may have been done. */
  boolean connected() {
    return connected;
  }
}
