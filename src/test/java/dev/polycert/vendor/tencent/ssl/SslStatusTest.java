package dev.polycert.vendor.tencent.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SslStatusTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "0, null, false, APPLYING",
        "0, CA-REVIEWING, false, APPLYING",
        "0, PENDING-DCV, false, PENDING_VALIDATION",
        "0, null, true, PENDING_VALIDATION",
        "1, null, false, ISSUED",
        "1, CA-REVIEWING, false, ISSUED",
        "1, PENDING-DCV, true, ISSUED",
        "2, the validation timed out, false, FAILED",
        "3, null, false, EXPIRED",
        "4, null, false, PENDING_VALIDATION",
        "5, null, false, PENDING_INFORMATION",
        "6, null, false, UNKNOWN",
        "7, null, false, CANCELLED",
        "8, null, false, PENDING_INFORMATION",
        "9, null, false, UNKNOWN",
        "10, null, false, REVOKED",
        "11, null, false, APPLYING",
        "12, null, false, UNKNOWN",
        "13, null, false, PENDING_INFORMATION",
        "14, null, false, CANCELLED",
        "15, null, false, UNKNOWN",
        "16, null, false, UNKNOWN",
        "-1, null, false, UNKNOWN",
        "null, null, false, UNKNOWN"
      })
  void aStatusMeans(Integer status, String message, boolean toPublish, Phase phase) {
    assertThat(SslStatus.of(status, message, toPublish).phase()).isEqualTo(phase);
  }

  @Test
  void tellsWhyItFailedAndWhatToDo() {
    assertThat(SslStatus.of(2, "the validation timed out", false).message())
        .isEqualTo("the validation timed out");
    assertThat(SslStatus.of(8, null, false).message()).contains("confirmation letter");
    assertThat(SslStatus.of(0, "WAIT-ISSUE", true).message()).contains("waits to be issued");
  }

  @Test
  void keepsTheVendorsWords() {
    SslCertificate certificate =
        new SslCertificate(
            "a9TsmZkL",
            null,
            List.of(),
            99,
            "新状态",
            "SOMETHING",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertThat(SslStatus.verbatim(certificate)).isEqualTo("99 新状态 SOMETHING");
  }
}
