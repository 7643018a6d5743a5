package dev.polycert.vendor.file;

import java.io.IOException;

/** A target that must not be written to. */
final class TargetException extends IOException {
  private final String code;

  private TargetException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** It leads out of the base, by a link or by something else than a directory on its way. */
  static TargetException outside(String message) {
    return new TargetException("File.Outside", message);
  }

  /** Another domain's certificate is served from it. */
  static TargetException taken(String message) {
    return new TargetException("File.OtherDomain", message);
  }

  /** What it is called in an order's deliveries. */
  String code() {
    return code;
  }
}
