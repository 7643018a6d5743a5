package dev.polycert.sandbox.huawei;

/** Ends a call that a product refuses. */
final class Refused extends RuntimeException {
  private final int status;
  private final String code;

  Refused(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** Of HTTP. */
  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
