package dev.polycert.vendor.tencent;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;

/** The error codes that every product of Tencent Cloud has ("Common Error Codes"). */
public final class TencentErrors {
  /** The SDKs' name for an answer with another HTTP status than 200. */
  static final String SERVER_SIDE = "ServerSideError";

  private TencentErrors() {}

  /** Starts a product's table: the common codes are in it, and what is not listed is final. */
  public static ErrorTable.Builder common() {
    return ErrorTable.unlistedAre(ErrorClass.FINAL)
        .put(
            ErrorClass.THROTTLED,
            "RequestLimitExceeded",
            "RequestLimitExceeded.*",
            "LimitExceeded.RateLimitExceeded")
        .put(
            ErrorClass.RETRY, "InternalError", "InternalError.*", "ServiceUnavailable", SERVER_SIDE)
        .put(ErrorClass.QUOTA, "LimitExceeded", "ResourceInsufficient*")
        .put(ErrorClass.CLOCK, "AuthFailure.SignatureExpire")
        .put(
            ErrorClass.CREDENTIALS,
            "AuthFailure*",
            "AuthFailure.InvalidAuthorization",
            "AuthFailure.InvalidSecretId",
            "AuthFailure.MFAFailure",
            "AuthFailure.SecretIdNotFound",
            "AuthFailure.SignatureFailure",
            "AuthFailure.TokenFailure",
            "AuthFailure.UnauthorizedOperation",
            "IpInBlacklist",
            "IpNotInWhitelist",
            "UnauthorizedOperation*")
        .put(
            ErrorClass.FINAL,
            "ActionOffline",
            "InvalidAction",
            "InvalidParameter*",
            "InvalidParameterValue*",
            "InvalidRequest",
            "MissingParameter",
            "NoSuchProduct",
            "NoSuchVersion",
            "OperationDenied*",
            "RequestSizeLimitExceeded",
            "ResourceNotFound*",
            "ResponseSizeLimitExceeded",
            "UnknownParameter",
            "UnsupportedOperation",
            "UnsupportedProtocol",
            "UnsupportedRegion");
  }
}
