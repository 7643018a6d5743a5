package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.tencent.TencentErrors;

/** The error codes of EdgeOne. The operations for free certificates publish hardly any. */
final class EdgeOneErrors {
  private static final String[] FAMILIES = {"FailedOperation*", "ResourceUnavailable*"};

  /** The certificate has not got the name of the domain. */
  static final String NO_MATCH = "InvalidParameter.CertNotMatchDomain";

  static final String SHORT_KEY = "InvalidParameter.CertTooShortKeySize";

  private EdgeOneErrors() {}

  static ErrorTable table() {
    return listed().put(ErrorClass.FINAL, FAMILIES).build();
  }

  /**
   * The table of CheckFreeCertificateVerification, which answers with an error as long as the
   * validation is not seen and names only one of these codes (example 1): what is not listed of
   * their families counts as that.
   */
  static ErrorTable ofCheck() {
    return listed().put(ErrorClass.PENDING, FAMILIES).build();
  }

  private static ErrorTable.Builder listed() {
    return TencentErrors.common()
        .put(ErrorClass.PENDING, "ResourceUnavailable.RecordUnExpected")
        .put(
            ErrorClass.RETRY,
            "InternalError.ConfigLocked",
            "InternalError.ProxyServer",
            "InvalidParameter.ActionInProgress",
            "InvalidParameter.ZoneIsGrayPublishing",
            "OperationDenied.ConfigLocked",
            "OperationDenied.DisableZoneNotCompleted",
            "OperationDenied.VersionControlIsGraying",
            "ResourceInUse*",
            // "Unknown backend error", in spite of the family.
            "UnauthorizedOperation.Unknown")
        .put(
            ErrorClass.CREDENTIALS,
            "UnauthorizedOperation.CamUnauthorized",
            "UnauthorizedOperation.NoPermission")
        .put(
            ErrorClass.NEEDS_USER,
            // "Change the CNAME record first".
            "InvalidParameter.HostStatusNotAllowApplyCertificate")
        .put(
            ErrorClass.FINAL,
            "FailedOperation.CertificateHasExpired",
            "FailedOperation.CertificateNotFound",
            "FailedOperation.InvalidZoneStatus",
            NO_MATCH,
            "InvalidParameter.CertToExpire",
            SHORT_KEY,
            "InvalidParameter.CnameWildHostNotAllowApplyCertificate",
            "InvalidParameter.TooManyFilterValues",
            "ResourceUnavailable.CertNotFound",
            "ResourceUnavailable.DomainNotFound",
            "ResourceUnavailable.HostNotFound",
            "ResourceUnavailable.ZoneNotFound");
  }
}
