package dev.polycert.vendor.acme;

import org.jspecify.annotations.Nullable;

/** Says that a setting of a CA cannot be used, found by the first call that needs it. */
final class BadSetting extends IllegalStateException {
  BadSetting(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
