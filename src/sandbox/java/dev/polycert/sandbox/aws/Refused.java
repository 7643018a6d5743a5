package dev.polycert.sandbox.aws;

/** Ends a call that a service refuses; the status is always 400. */
final class Refused extends RuntimeException {
  private final String type;

  /**
   * @param type the exception of the service, {@code ResourceNotFoundException}
   */
  Refused(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  String type() {
    return type;
  }
}
