package dev.polycert.provider.huawei;

import static dev.polycert.provider.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.provider.ErrorClass.CREDENTIALS;
import static dev.polycert.provider.ErrorClass.FINAL;
import static dev.polycert.provider.ErrorClass.QUOTA;
import static dev.polycert.provider.ErrorClass.RETRY;
import static dev.polycert.provider.ErrorClass.THROTTLED;

import dev.polycert.provider.ErrorTable;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Lists the error codes of Huawei Cloud's API gateway, which spells them in two ways, and of SCM.
 * SCM's documented list is not complete: what is not here is classified by its HTTP status.
 */
final class HuaweiErrors {
  static final ErrorTable TABLE =
      ErrorTable.unlistedAre(FINAL)
          .put(THROTTLED, gateway("0308"))
          .put(RETRY, gateway("06*"))
          .put(CREDENTIALS, gateway("0301", "0302", "0303", "0304", "0305", "0306", "0307"))
          .put(FINAL, gateway("0101", "0103", "0104", "0105", "0106", "0201"))
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

  private static String[] gateway(String... numbers) {
    return Arrays.stream(numbers)
        .flatMap(number -> Stream.of("APIGW." + number, "APIG." + number))
        .toArray(String[]::new);
  }
}
