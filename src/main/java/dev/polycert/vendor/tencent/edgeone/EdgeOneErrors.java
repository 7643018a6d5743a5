package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Failure;
import dev.polycert.vendor.tencent.TencentErrors;
import java.util.Set;

/** The error codes of EdgeOne. The operations for free certificates publish hardly any. */
final class EdgeOneErrors {
  private static final String[] FAMILIES = {"FailedOperation*", "ResourceUnavailable*"};

  /** The certificate has not got the name of the domain. */
  static final String NO_MATCH = "InvalidParameter.CertNotMatchDomain";

  static final String NO_ZONE = "ResourceUnavailable.ZoneNotFound";

  static final String SHORT_KEY = "InvalidParameter.CertTooShortKeySize";

  /** The refusals that concern the certificate or the site, whichever the domains are. */
  private static final Set<String> OF_THE_CERTIFICATE =
      Set.of(
          SHORT_KEY,
          "FailedOperation.CertificateHasExpired",
          "FailedOperation.CertificateNotFound",
          "InvalidParameter.CertToExpire",
          "ResourceUnavailable.CertNotFound",
          "FailedOperation.InvalidZoneStatus",
          NO_ZONE);

  private EdgeOneErrors() {}

  /**
   * Whether a refusal to give a certificate to domains may be due to one of them: that is so unless
   * it concerns the certificate or the site itself.
   */
  static boolean isOfAHost(Failure failure) {
    return (failure.isRefused(ErrorClass.FINAL) || failure.isRefused(ErrorClass.NEEDS_USER))
        && OF_THE_CERTIFICATE.stream().noneMatch(failure::isRefused);
  }

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
