package dev.polycert.vendor.acme;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a setting of a CA cannot be used; the first call that needs the setting finds this.
 */
final class BadSetting extends IllegalStateException {
  static final String CODE = "Setting.Invalid";

  BadSetting(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  VendorError error() {
    return new VendorError(ErrorClass.CREDENTIALS, CODE, String.valueOf(getMessage()));
  }
}
