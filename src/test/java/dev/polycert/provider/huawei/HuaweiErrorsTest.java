package dev.polycert.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.http.StatusCodes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuaweiErrorsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (SCM\\.[^|]+?) \\|");

  @Test
  void listsEveryDocumentedCodeOfTheService() {
    List<String> codes =
        ROW.matcher(FixtureServer.fixture("huawei/errors.md"))
            .results()
            .flatMap(row -> Stream.of(row.group(1).split(", ")))
            .map(code -> code.startsWith("SCM") ? code : "SCM" + code)
            .toList();

    assertThat(codes).hasSize(23).allMatch(HuaweiErrors.TABLE::lists);
  }

  @Test
  void theVendorsPageNamesNoCodeOfItsOwn() {
    assertThat(FixtureServer.fixture("huawei/seed.txt"))
        .contains("SCM.XXXX")
        .doesNotContainPattern("(SCM|APIGW|APIG)\\.\\d");
  }

  @ParameterizedTest
  @CsvSource({
    "APIGW.0308, 429, THROTTLED",
    "APIG.0308, 429, THROTTLED",
    "APIGW.0301, 401, CREDENTIALS",
    "APIG.0305, 403, CREDENTIALS",
    "APIGW.0101, 404, FINAL",
    "APIG.0201, 413, FINAL",
    "APIGW.0601, 500, RETRY",
    "SCM.0003, 400, FINAL",
    "SCM.0005, 400, FINAL",
    "SCM.0010, 400, ALREADY_APPLIED",
    "SCM.0011, 400, QUOTA",
    "SCM.0016, 400, FINAL",
    "SCM.0042, 400, FINAL",
    "SCM.0042, 401, CREDENTIALS",
    "SCM.0042, 403, CREDENTIALS",
    "SCM.0042, 500, RETRY",
    "APIGW.9999, 504, RETRY"
  })
  void classifiesByCodeAndOnlyThenByStatus(String code, int status, ErrorClass expected) {
    assertThat(StatusCodes.classify(HuaweiErrors.TABLE, code, status)).isEqualTo(expected);
  }
}
