package dev.polycert.provider.alibaba;

import static dev.polycert.provider.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.provider.ErrorClass.CLOCK;
import static dev.polycert.provider.ErrorClass.CREDENTIALS;
import static dev.polycert.provider.ErrorClass.FINAL;
import static dev.polycert.provider.ErrorClass.QUOTA;
import static dev.polycert.provider.ErrorClass.RETRY;
import static dev.polycert.provider.ErrorClass.THROTTLED;

import dev.polycert.provider.ErrorTable;

/**
 * Lists Alibaba Cloud's error codes: those of ESA's ApplyCertificate page and those that every
 * OpenAPI product answers with. They come with any 4xx or 5xx; the code decides, not the status.
 */
final class AlibabaErrors {
  static final ErrorTable TABLE =
      ErrorTable.unlistedAre(FINAL)
          .put(THROTTLED, "Throttling*")
          .put(RETRY, "ServiceUnavailable*", "InternalError*")
          // Answered with HTTP 400, and "please try again later".
          .put(RETRY, "InternalException", "QuotaCheckFailed")
          // Bytes of ours arrived twice: the first time may have taken effect.
          .put(RETRY, "SignatureNonceUsed")
          // "You have already submitted a certificate application for the domain name."
          .put(ALREADY_APPLIED, "InvalidParameter.Domains")
          .put(QUOTA, "QuotaExceed.RecordCount", "QuotaExceeded")
          .put(CLOCK, "InvalidTimeStamp*", "Unauthorized.InvalidTime")
          .put(CREDENTIALS, "Unauthorized.InvalidToken", "InvalidSecurityToken*")
          .put(CREDENTIALS, "InvalidAccessKeyId*", "SignatureDoesNotMatch", "IncompleteSignature")
          .put(CREDENTIALS, "Forbidden*", "NoPermission*")
          .put(FINAL, "SiteNotFound", "SiteNotActivated", "MissingSiteId", "InvalidParameter.Type")
          .put(FINAL, "Missing*", "Invalid*", "UnsupportedHTTPMethod")
          .build();

  private AlibabaErrors() {}
}
