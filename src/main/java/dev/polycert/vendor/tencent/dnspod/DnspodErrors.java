package dev.polycert.vendor.tencent.dnspod;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.tencent.TencentErrors;

/** The error codes of DNSPod's operations on records. */
final class DnspodErrors {
  /** The list that was asked for is empty. */
  static final String NO_RECORDS = "ResourceNotFound.NoDataOfRecord";

  static final String NO_SUCH_RECORD = "InvalidParameter.RecordIdInvalid";

  private DnspodErrors() {}

  static ErrorTable table() {
    return TencentErrors.common()
        .put(ErrorClass.ALREADY_APPLIED, "InvalidParameter.DomainRecordExist")
        .put(ErrorClass.QUOTA, "LimitExceeded.*")
        .put(
            ErrorClass.RETRY,
            "FailedOperation.UnknowError",
            "FailedOperation.UnknownError",
            "InvalidParameter.OperateFailed")
        .put(
            ErrorClass.CREDENTIALS,
            "FailedOperation.LoginFailed",
            "InvalidParameter.LoginTokenIdError",
            "InvalidParameter.LoginTokenNotExists",
            "InvalidParameter.LoginTokenValidateFailed",
            "OperationDenied.NoPermissionToOperateDomain")
        .put(
            ErrorClass.FINAL,
            "FailedOperation*",
            NO_RECORDS,
            "ResourceNotFound.NoDataOfDomain",
            NO_SUCH_RECORD,
            "InvalidParameterValue.DomainNotExists")
        .build();
  }
}
