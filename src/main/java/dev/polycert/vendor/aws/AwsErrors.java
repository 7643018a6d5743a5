package dev.polycert.vendor.aws;

import static dev.polycert.call.ErrorClass.CLOCK;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import dev.polycert.call.ErrorTable;

/** The error codes that every service of AWS has ("Common Errors"). */
public final class AwsErrors {
  private AwsErrors() {}

  /** Starts a service's table: the common codes are in it, and what is not listed is final. */
  public static ErrorTable.Builder common() {
    return ErrorTable.unlistedAre(FINAL)
        .put(THROTTLED, "Throttling", "ThrottlingException", "TooManyRequestsException")
        .put(THROTTLED, "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException")
        .put(RETRY, "InternalFailure", "InternalError", "InternalServiceError")
        .put(RETRY, "ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout")
        .put(RETRY, "RequestTimeoutException", "RequestAbortedException")
        .put(CLOCK, "RequestExpired", "RequestTimeTooSkewed")
        .put(CREDENTIALS, "AccessDenied", "AccessDeniedException", "NotAuthorized")
        .put(CREDENTIALS, "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId")
        .put(CREDENTIALS, "IncompleteSignature", "InvalidSignatureException", "OptInRequired")
        .put(CREDENTIALS, "MissingAuthenticationToken", "MissingAuthenticationTokenException")
        .put(CREDENTIALS, "SignatureDoesNotMatch", "UnrecognizedClientException")
        .put(FINAL, "InvalidAction", "InvalidInput", "MalformedQueryString", "ValidationError")
        .put(FINAL, "MalformedHttpRequestException", "RequestEntityTooLargeException")
        .put(FINAL, "UnknownOperationException", "ValidationException");
  }
}
