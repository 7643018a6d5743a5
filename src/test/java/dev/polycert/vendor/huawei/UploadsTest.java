package dev.polycert.vendor.huawei;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private static List<String> uncovered(List<String> there, List<String> wanted) {
    return Uploads.uncovered(issued(there).certificate(), issued(wanted).certificate());
  }

  @Test
  void aNameThatTheNewCertificateLacksIsLeftWithoutAny() {
    assertThat(uncovered(List.of("a.example", "b.example"), List.of("a.example")))
        .containsExactly("b.example");
    assertThat(uncovered(List.of("a.example"), List.of("b.example", "a.example"))).isEmpty();
  }

  @Test
  void anAsteriskStandsForOneLabelAndIsCoveredByAnAsteriskAlone() {
    assertThat(uncovered(List.of("a.site.example", "*.site.example"), List.of("*.site.example")))
        .isEmpty();
    assertThat(
            uncovered(
                List.of("*.site.example", "site.example", "b.a.site.example"),
                List.of("a.site.example", "*.site.example")))
        .containsExactly("site.example", "b.a.site.example");
    assertThat(uncovered(List.of("*.site.example"), List.of("a.site.example")))
        .containsExactly("*.site.example");
  }
}
