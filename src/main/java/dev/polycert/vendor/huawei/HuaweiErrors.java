package dev.polycert.vendor.huawei;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import dev.polycert.call.ErrorTable;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Lists the error codes of Huawei Cloud's API gateway, which spells them in two ways, and of SCM.
 * SCM's documented list is not complete: what is not here is classified by its HTTP status.
 */
public final class HuaweiErrors {
  static final ErrorTable TABLE =
      gateway()
          // "Not allowed in the current type or status": it is applied for already, or cannot be.
          .put(ALREADY_APPLIED, "SCM.0010")
          .put(QUOTA, "SCM.0011")
          .put(FINAL, "SCM.0003", "SCM.0005", "SCM.0008", "SCM.0015", "SCM.0016", "SCM.0020")
          // Of operations on other people's, own or deployed certificates.
          .put(FINAL, "SCM.0006", "SCM.0009", "SCM.0012", "SCM.0013", "SCM.0014", "SCM.0023")
          .put(FINAL, "SCM.0024", "SCM.0028", "SCM.0030", "SCM.0053", "SCM.0054", "SCM.0073")
          .put(FINAL, "SCM.0074", "SCM.0079", "SCM.0114")
          .build();

  private HuaweiErrors() {}

  /** Starts a service's table: the gateway's codes are in it, and what is not listed is final. */
  public static ErrorTable.Builder gateway() {
    return ErrorTable.unlistedAre(FINAL)
        .put(THROTTLED, both("0308"))
        .put(RETRY, both("06*"))
        .put(CREDENTIALS, both("0301", "0302", "0303", "0304", "0305", "0306", "0307"))
        .put(FINAL, both("0101", "0103", "0104", "0105", "0106", "0201"));
  }

  private static String[] both(String... numbers) {
    return Arrays.stream(numbers)
        .flatMap(number -> Stream.of("APIGW." + number, "APIG." + number))
        .toArray(String[]::new);
  }
}
