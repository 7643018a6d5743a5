package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.tencent.TencentErrors;

/** The error codes of the SSL API, "Error Codes" of each operation. */
final class TencentSslErrors {
  static final String CERTIFICATE_NOT_FOUND = "FailedOperation.CertificateNotFound";

  /** Of CompleteCertificate: not there, or issued by now. */
  static final String NOT_FOUND_OR_AUDITED = "FailedOperation.CertificateNotFoundOrAudited";

  static final String CANCEL_ORDER_FAILED = "FailedOperation.CancelOrderFailed";

  static final String WRONG_STATUS = "FailedOperation.InvalidCertificateStatusCode";

  /** Of CheckCertificateDomainVerification: not waiting for validation. */
  static final String NOT_TO_VERIFY = "FailedOperation.CertificateStatusNotAllowVerify";

  static final String NAME_TOO_LONG = "InvalidParameterValue.CertificateDomainMaxLengthInvalid";

  private TencentSslErrors() {}

  static ErrorTable table() {
    return TencentErrors.common()
        .put(
            ErrorClass.RETRY,
            "FailedOperation.CannotGetOrder",
            "FailedOperation.NetworkError",
            "FailedOperation.SystemError")
        .put(
            ErrorClass.QUOTA,
            "FailedOperation.ExceedsFreeLimit",
            "FailedOperation.MainDomainCertificateCountLimit",
            "FailedOperation.PackageCountLimit",
            "FailedOperation.PackageExpired",
            "FailedOperation.PackageNotFound")
        .put(
            ErrorClass.CREDENTIALS,
            "FailedOperation.AuthError",
            "FailedOperation.CAMAuthorizedFail",
            "FailedOperation.NoProjectPermission")
        .put(
            ErrorClass.FINAL,
            "FailedOperation",
            "FailedOperation.BoundResources",
            CANCEL_ORDER_FAILED,
            "FailedOperation.CannotBeDeletedIssued",
            "FailedOperation.CannotBeDeletedWithinHour",
            "FailedOperation.CertificateCancelFailedMulti",
            "FailedOperation.CertificateDownloadServiceTypeNotSupport",
            "FailedOperation.CertificateInvalid",
            "FailedOperation.CertificateMismatch",
            "FailedOperation.CertificateNotAllowDownload",
            CERTIFICATE_NOT_FOUND,
            NOT_FOUND_OR_AUDITED,
            "FailedOperation.CertificateNotFoundOrCantCancel",
            "FailedOperation.CertificateStatusNotAllowDownload",
            NOT_TO_VERIFY,
            "FailedOperation.CertificateTypeInfoNotFound",
            "FailedOperation.DeleteFailedTimeNotUp",
            "FailedOperation.DeleteResourceFailed",
            "FailedOperation.GenCSRFail",
            WRONG_STATUS,
            "FailedOperation.InvalidCertificateSource",
            "FailedOperation.InvalidParam",
            "FailedOperation.NoRealNameAuth",
            "FailedOperation.OrderAlreadyReplaced",
            "FailedOperation.OrderReplaceFailed",
            "FailedOperation.RevokeFailed",
            "FailedOperation.RevokeResourceFailed",
            "InvalidParameter",
            "InvalidParameter.PackageIdsInvalid",
            NAME_TOO_LONG,
            "InvalidParameterValue.CertificateEmailParseInvalid",
            "ResourceInUse*",
            "ResourceUnavailable*")
        .build();
  }
}
