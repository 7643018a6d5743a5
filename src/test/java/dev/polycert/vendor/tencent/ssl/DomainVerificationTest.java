package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainVerificationTest {

  private static DomainVerification result(Integer local, Integer ca, Boolean frequently) {
    return new DomainVerification("www.example.com", local, ca, null, List.of(), frequently, false);
  }

  @ParameterizedTest
  @CsvSource({
    "1, in place",
    "-1, TXT record is missing",
    "-2, TXT record has another value",
    "-3, no name server",
    "-4, file is missing",
    "-5, file has another content",
    "-6, CNAME record is missing",
    "-7, CNAME record has another target",
    "-8, no name server",
    "-9, file is missing",
    "-10, file has another content",
    "-77, LocalCheck -77"
  })
  void aLocalCheckMeans(int code, String words) {
    assertThat(DomainVerification.text(List.of(result(code, null, false))))
        .startsWith("www.example.com: ")
        .contains(words);
  }

  @Test
  void tellsAllThatTheVendorSaw() {
    DomainVerification missing =
        new DomainVerification(
            "a.example.com", -6, -1, "no record", List.of("old.example.net"), false, false);
    assertThat(DomainVerification.text(List.of(missing, result(1, 2, false))))
        .isEqualTo(
            "a.example.com: the CNAME record is missing (no record), found old.example.net,"
                + " not seen by the CA yet; www.example.com: in place, seen by the CA");
  }

  @Test
  void aThrottledCheckIsNotAMissingRecord() {
    assertThat(DomainVerification.text(List.of(result(-1, null, true))))
        .contains("too often")
        .doesNotContain("missing");
  }
}
