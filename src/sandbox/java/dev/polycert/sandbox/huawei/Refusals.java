package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;

/** The errors of the API gateway and of SCM. */
final class Refusals {
  static final Refusal NO_SUCH_API =
      new Refusal(
          404, "APIGW.0101", "The API does not exist or has not been published in the environment");
  static final Refusal TYPE_LIMIT =
      new Refusal(400, "SCM.0011", "The number of free certificates has reached the upper limit.");
  static final Refusal CERTIFICATE_ID_FORMAT =
      new Refusal(400, "SCM.0020", "The certificate ID is invalid: it has 16 characters.");
  static final Refusal NO_SUCH_CERTIFICATE =
      new Refusal(
          400, "SCM.0008", "The certificate ID is incorrect: there is no such certificate.");
  static final Refusal SERVICE_NOT_SUPPORTED =
      new Refusal(400, "SCM.0030", "The certificate cannot be pushed to this service.");
  static final Refusal WITHOUT_KEY =
      new Refusal(
          400,
          "SCM.0028",
          "Failed to push the certificate: it was issued for a CSR of yours, and its private key is"
              + " not here.");
  static final Refusal PUSHED =
      new Refusal(400, "SCM.0028", "The certificate has already been pushed to the service.");
  static final Refusal UNREADABLE_CERTIFICATE =
      new Refusal(400, "SCM.0006", "The uploaded certificate failed to be resolved.");
  static final Refusal UNREADABLE_KEY =
      new Refusal(400, "SCM.0012", "The uploaded private key failed to be resolved.");
  static final Refusal FOREIGN_KEY =
      new Refusal(400, "SCM.0014", "The uploaded certificate does not match the private key.");
  static final Refusal INTERNAL = new Refusal(500, "APIGW.0601", "Internal server error");

  private Refusals() {}

  static Refusal unauthenticated(String reason) {
    return new Refusal(401, "APIGW.0301", "Incorrect IAM authentication information: " + reason);
  }

  static Refusal throttled(int perSecond) {
    return new Refusal(
        429,
        "APIGW.0308",
        "The throttling threshold has been reached: policy user over ratelimit,limit:"
            + perSecond
            + ",time:1 second");
  }

  /** A field that SCM cannot take; the message names it and says what it expects. */
  static Refusal parameter(String name, String expected) {
    return new Refusal(
        400, "SCM.0005", "The parameter " + name + " is invalid: expected " + expected + ".");
  }

  static Refusal status(Status status) {
    return new Refusal(
        400, "SCM.0010", "The operation is not allowed in the current status " + status + ".");
  }

  static Refusal domains(String reason) {
    return new Refusal(
        400, "SCM.0015", "The domain names do not fit the purchased certificate: " + reason + ".");
  }
}
