package dev.polycert.provider.alibaba.dns;

import static dev.polycert.provider.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.provider.ErrorClass.CREDENTIALS;
import static dev.polycert.provider.ErrorClass.FINAL;
import static dev.polycert.provider.ErrorClass.QUOTA;
import static dev.polycert.provider.ErrorClass.RETRY;

import dev.polycert.provider.ErrorTable;
import dev.polycert.provider.alibaba.AlibabaErrors;

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
