package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import java.util.Optional;

/** The errors that ApplyCertificate's documentation lists, and those of the gateway. */
final class Refusals {
  static final Refusal INCOMPLETE_SIGNATURE =
      new Refusal(
          400,
          "IncompleteSignature",
          "The request signature does not conform to Aliyun standards.");
  static final Refusal ACCESS_KEY_NOT_FOUND =
      new Refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  static final Refusal TIMESTAMP_FORMAT =
      new Refusal(
          400,
          "InvalidTimeStamp.Format",
          "Specified time stamp or date value is not well formatted.");
  static final Refusal TIMESTAMP_EXPIRED =
      new Refusal(
          400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
  static final Refusal NONCE_USED =
      new Refusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
  static final Refusal TOKEN_MISSING =
      new Refusal(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
  static final Refusal TOKEN_MISMATCH =
      new Refusal(
          400,
          "InvalidSecurityToken.MismatchWithAccessKey",
          "Specified SecurityToken mismatch with the AccessKey.");
  static final Refusal VERSION =
      new Refusal(400, "InvalidVersion", "Specified parameter Version is not valid.");
  static final Refusal ACTION =
      new Refusal(
          404,
          "InvalidAction.NotFound",
          "Specified api is not found, please check your url and method.");
  static final Refusal METHOD =
      new Refusal(403, "UnsupportedHTTPMethod", "This http method is not supported.");
  static final Refusal THROTTLED =
      new Refusal(400, "Throttling.User", "Request was denied due to user flow control.");

  static final Refusal SITE_MISSING =
      new Refusal(
          400, "MissingSiteId", "Required parameter SiteId missing. Specify SiteId and try again.");
  static final Refusal SITE_NOT_FOUND =
      new Refusal(400, "SiteNotFound", "The specified site is not found.");
  static final Refusal SITE_NOT_ACTIVATED =
      new Refusal(
          400, "SiteNotActivated", "The site is not activated, the process is not allowed.");
  static final Refusal ALREADY_SUBMITTED =
      new Refusal(
          400,
          "InvalidParameter.Domains",
          "You have already submitted a certificate application for the domain name.");
  static final Refusal TYPE =
      new Refusal(
          400,
          "InvalidParameter.Type",
          "The specified Type parameter is invalid, please check and try again.");
  static final Refusal QUOTA_EXCEEDED = new Refusal(403, "QuotaExceeded", "The quota is exceeded.");

  static final Refusal UPLOADS_USED_UP =
      new Refusal(400, "CertQuotaCheckFailed", "The quota of certificates is used up.");

  private Refusals() {}

  static Refusal signature(String stringToSign) {
    return new Refusal(
        400,
        "SignatureDoesNotMatch",
        "Specified signature does not match our calculation. server StringToSign is ["
            + stringToSign
            + "]");
  }

  static Refusal missing(String parameter) {
    return new Refusal(
        400, "Missing" + parameter, "The input parameter " + parameter + " is mandatory.");
  }

  /** The refusal of a request without the parameter. */
  static Optional<Refusal> missing(Query parameters, String name) {
    return parameters.text(name).isPresent() ? Optional.empty() : Optional.of(missing(name));
  }

  /** A value that the operation cannot take; the message says what it expects. */
  static Refusal invalid(String parameter, String expected) {
    return new Refusal(
        400,
        "Invalid" + parameter,
        "The specified parameter " + parameter + " is invalid: expected " + expected + ".");
  }
}
