package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.tencent.TencentErrors;
import java.util.Set;

/** The error codes of the SSL API, "Error Codes" of each operation. */
public final class TencentSslErrors {
  public static final String CERTIFICATE_NOT_FOUND = "FailedOperation.CertificateNotFound";

  /** Of CompleteCertificate: not there, or issued by now. */
  static final String NOT_FOUND_OR_AUDITED = "FailedOperation.CertificateNotFoundOrAudited";

  static final String CANCEL_ORDER_FAILED = "FailedOperation.CancelOrderFailed";

  static final String WRONG_STATUS = "FailedOperation.InvalidCertificateStatusCode";

  /** Of CheckCertificateDomainVerification: not waiting for validation. */
  static final String NOT_TO_VERIFY = "FailedOperation.CertificateStatusNotAllowVerify";

  static final String NAME_TOO_LONG = "InvalidParameterValue.CertificateDomainMaxLengthInvalid";

  /** No resource can get the certificate, or all that can have it already. */
  public static final String INSTANCE_EMPTY = "FailedOperation.CertificateDeployInstanceEmpty";

  /** Another update or deployment runs. */
  public static final String PENDING_RECORD = "FailedOperation.CertificateDeployHasPendingRecord";

  /** Of a retry: what is to be retried has not failed, because it runs again. */
  public static final String NOT_TO_RETRY = "FailedOperation.CertificateDeployRetryStatusInvalid";

  public static final String NO_RECORD = "FailedOperation.CertificateDeployNotExist";

  private static final String TYPE_INVALID = "FailedOperation.CertificateHostResourceTypeInvalid";

  /** The codes that refuse a list of instances, perhaps because of one of them. */
  public static final Set<String> OF_AN_INSTANCE =
      Set.of(
          "FailedOperation.CertificateDeployInstanceFormatError",
          "FailedOperation.CertificateHostDeployCanNotAllow",
          "FailedOperation.CertificateNotDeployInstance");

  /** Whether no later try with the same certificate changes the error of that code. */
  public static boolean isNeverDeployed(String code) {
    return OF_AN_INSTANCE.contains(code) || code.equals(TYPE_INVALID);
  }

  private TencentSslErrors() {}

  static ErrorTable table() {
    return TencentErrors.common()
        .put(
            ErrorClass.RETRY,
            "FailedOperation.CannotGetOrder",
            // "Wait until all instances are loaded": there are many.
            "FailedOperation.CertificateHostResourceInstanceHugeLimit",
            "FailedOperation.NetworkError",
            "FailedOperation.SystemError")
        .put(ErrorClass.PENDING, PENDING_RECORD)
        .put(
            ErrorClass.NEEDS_USER,
            // "Contact us": the account has too many instances for deployments.
            "FailedOperation.CertificateHostResourceInnerInterrupt",
            "FailedOperation.RoleNotFoundAuthorization")
        .put(
            ErrorClass.QUOTA,
            "FailedOperation.CertificateHostingTypeNumberLimit",
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
            "FailedOperation.CertificateDeployDetailRollbackStatusInvalid",
            INSTANCE_EMPTY,
            "FailedOperation.CertificateDeployInstanceFormatError",
            NO_RECORD,
            NOT_TO_RETRY,
            "FailedOperation.CertificateDeployRollbackStatusInvalid",
            "FailedOperation.CertificateDownloadServiceTypeNotSupport",
            "FailedOperation.CertificateExists",
            "FailedOperation.CertificateHasRenewed",
            "FailedOperation.CertificateHostDeployCanNotAllow",
            TYPE_INVALID,
            "FailedOperation.CertificateInvalid",
            "FailedOperation.CertificateMismatch",
            "FailedOperation.CertificateNotAllowDownload",
            "FailedOperation.CertificateNotAvailable",
            "FailedOperation.CertificateNotDeployInstance",
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
