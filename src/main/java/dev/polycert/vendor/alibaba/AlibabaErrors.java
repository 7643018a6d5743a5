package dev.polycert.vendor.alibaba;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CLOCK;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import dev.polycert.call.ErrorTable;

/**
 * Lists Alibaba Cloud's error codes: those of ESA's ApplyCertificate page and those that every
 * OpenAPI product answers with. They come with any 4xx or 5xx; the code decides, not the status.
 */
public final class AlibabaErrors {
  static final ErrorTable TABLE =
      common()
          // Answered with HTTP 400, and "please try again later".
          .put(RETRY, "InternalException", "QuotaCheckFailed")
          // "You have already submitted a certificate application for the domain name."
          .put(ALREADY_APPLIED, "InvalidParameter.Domains")
          .put(QUOTA, "QuotaExceed.RecordCount")
          .put(FINAL, "SiteNotFound", "SiteNotActivated", "MissingSiteId", "InvalidParameter.Type")
          .build();

  private AlibabaErrors() {}

  /** Starts a product's table: the common codes are in it, and what is not listed is final. */
  public static ErrorTable.Builder common() {
    return ErrorTable.unlistedAre(FINAL)
        .put(THROTTLED, "Throttling*")
        .put(RETRY, "ServiceUnavailable*", "InternalError*")
        // Bytes of ours arrived twice: the first time may have taken effect.
        .put(RETRY, "SignatureNonceUsed")
        .put(QUOTA, "QuotaExceeded")
        .put(CLOCK, "InvalidTimeStamp*", "Unauthorized.InvalidTime")
        .put(CREDENTIALS, "Unauthorized.InvalidToken", "InvalidSecurityToken*")
        .put(CREDENTIALS, "InvalidAccessKeyId*", "SignatureDoesNotMatch", "IncompleteSignature")
        .put(CREDENTIALS, "Forbidden*", "NoPermission*")
        .put(FINAL, "Missing*", "Invalid*", "UnsupportedHTTPMethod");
  }
}
