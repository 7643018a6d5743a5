package dev.polycert.provider.alibaba;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.http.StatusCodes;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlibabaErrorsTest {
  private static final Pattern SEED_ROW = Pattern.compile("\\| (\\d{3}) \\| ([\\w.]+) \\|");

  @Test
  void classifiesEveryCodeOfTheVendorsPage() {
    Map<String, ErrorClass> classified = new TreeMap<>();
    SEED_ROW
        .matcher(FixtureServer.fixture("alibaba/seed.txt"))
        .results()
        .map(row -> row.group(2))
        .forEach(
            code -> {
              assertThat(AlibabaErrors.TABLE.lists(code)).as(code).isTrue();
              classified.put(code, AlibabaErrors.TABLE.classOf(code));
            });

    assertThat(classified)
        .containsOnly(
            entry("SiteNotFound", ErrorClass.FINAL),
            entry("SiteNotActivated", ErrorClass.FINAL),
            entry("MissingSiteId", ErrorClass.FINAL),
            entry("InvalidParameter.Domains", ErrorClass.ALREADY_APPLIED),
            entry("InternalException", ErrorClass.RETRY),
            entry("QuotaCheckFailed", ErrorClass.RETRY),
            entry("InvalidParameter.Type", ErrorClass.FINAL),
            entry("QuotaExceed.RecordCount", ErrorClass.QUOTA),
            entry("Unauthorized.InvalidTime", ErrorClass.CLOCK),
            entry("Unauthorized.InvalidToken", ErrorClass.CREDENTIALS),
            entry("QuotaExceeded", ErrorClass.QUOTA));
  }

  @ParameterizedTest
  @CsvSource({
    "Throttling, 400, THROTTLED",
    "Throttling.User, 400, THROTTLED",
    "Throttling.Api, 429, THROTTLED",
    "ServiceUnavailable, 503, RETRY",
    "InternalError, 500, RETRY",
    "SignatureNonceUsed, 400, RETRY",
    "InvalidTimeStamp.Expired, 400, CLOCK",
    "InvalidTimeStamp.Format, 400, CLOCK",
    "InvalidAccessKeyId.NotFound, 404, CREDENTIALS",
    "InvalidAccessKeyId.Inactive, 400, CREDENTIALS",
    "SignatureDoesNotMatch, 400, CREDENTIALS",
    "IncompleteSignature, 400, CREDENTIALS",
    "InvalidSecurityToken.Expired, 400, CREDENTIALS",
    "Forbidden.RAM, 403, CREDENTIALS",
    "Forbidden.RiskControl, 403, CREDENTIALS",
    "NoPermission, 403, CREDENTIALS",
    "MissingParameter, 400, FINAL",
    "InvalidParameter.SiteId, 400, FINAL",
    "InvalidApi.NotFound, 404, FINAL",
    "UnsupportedHTTPMethod, 403, FINAL",
    "NeverHeardOf, 400, FINAL",
    "NeverHeardOf, 401, CREDENTIALS",
    "NeverHeardOf, 403, CREDENTIALS",
    "NeverHeardOf, 429, THROTTLED",
    "NeverHeardOf, 502, RETRY"
  })
  void classifiesByCodeAndOnlyThenByStatus(String code, int status, ErrorClass expected) {
    assertThat(StatusCodes.classify(AlibabaErrors.TABLE, code, status)).isEqualTo(expected);
  }
}
