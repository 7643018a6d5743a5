package dev.polycert.sandbox.tencent;

/** Unwinds a call that the vendor refuses; becomes the error envelope with HTTP 200. */
final class TencentError extends RuntimeException {
  private final String code;

  TencentError(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }
}
