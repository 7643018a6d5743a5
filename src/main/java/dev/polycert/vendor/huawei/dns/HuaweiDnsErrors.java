package dev.polycert.vendor.huawei.dns;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import dev.polycert.call.ErrorTable;
import dev.polycert.vendor.huawei.HuaweiErrors;

/** The error codes of Huawei Cloud DNS ("Error Codes"), for public zones and their record sets. */
final class HuaweiDnsErrors {
  static final String NO_RECORD_SETS = "DNS.0004";

  private HuaweiDnsErrors() {}

  static ErrorTable table() {
    return HuaweiErrors.gateway()
        .put(RETRY, "DNS.0000", "DNS.0001", "DNS.0003")
        .put(CREDENTIALS, "DNS.0005", "DNS.0013", "DNS.0030", "DNS.0040")
        // "Could not acquire the lock, please try again later."
        .put(THROTTLED, "DNS.0014", "DNS.0021")
        // The set that was read is not there any more, or one is there that was not.
        .put(ALREADY_APPLIED, NO_RECORD_SETS, "DNS.0016", "DNS.0312", "DNS.0313", "DNS.0335")
        .put(FINAL, "DNS.0301", "DNS.0302", "DNS.0303", "DNS.0304", "DNS.0307", "DNS.0308")
        .put(FINAL, "DNS.0319")
        .put(QUOTA, "DNS.0403", "DNS.0404", "DNS.0405", "DNS.0408", "DNS.0409")
        .build();
  }
}
