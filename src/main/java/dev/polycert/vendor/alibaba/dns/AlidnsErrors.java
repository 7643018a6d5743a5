package dev.polycert.vendor.alibaba.dns;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;

import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.alibaba.AlibabaErrors;

/** The error codes of Alidns' operations on records. */
final class AlidnsErrors {
  /** No such record, or none of this account. */
  static final String NOT_OURS = "DomainRecordNotBelongToUser";

  private AlidnsErrors() {}

  static ErrorTable table() {
    return AlibabaErrors.common()
        // The same record; another one that it cannot stand beside.
        .put(ALREADY_APPLIED, "DomainRecordDuplicate", "DomainRecordConflict")
        .put(QUOTA, "QuotaExceeded.*")
        .put(RETRY, "LastOperationNotFinished", "UnKnownError", "OperationThreadInUsed")
        .put(CREDENTIALS, "IllegalUser")
        .put(FINAL, "IncorrectDomainUser", "InvalidDomainName.NoExist", NOT_OURS)
        .put(FINAL, "DomainForbidden", "DomainRecordLocked", "RecordForbidden.*")
        .build();
  }
}
