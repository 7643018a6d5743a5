package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.vendor.alibaba.esa.EsaCertificates.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uploads that have expired count against the quota of a site as long as they are there. */
class EsaUploadPlaceTest {
  private static final DomainName WWW = DomainName.parse("www.example.com");
  private static final Instant NOW = Instant.parse("2026-11-21T19:00:00Z");
  private static final String PAST = "2026-11-21 18:59:59";
  private static final String LATER = "2027-02-01 00:00:00";

  private static String replaced(String earlier, Certificate... uploads) {
    return AlibabaEsaDeliverer.replaced(
        List.of(uploads), consignment(earlier, null, List.of()), NOW);
  }

  private static Consignment consignment(
      @Nullable String earlier, @Nullable String brought, List<String> sent) {
    return new Consignment(
        WWW,
        IssuedCertificates.issued("www.example.com"),
        Map.of(),
        Consignment.Source.NONE,
        earlier,
        brought,
        sent,
        Map.of(),
        Map.of());
  }

  @Test
  void thenOneOfOursThatNoAnswerConfirmed() {
    String lost = "b".repeat(64);

    assertThat(
            AlibabaEsaDeliverer.replaced(
                List.of(upload(lost, LATER)), consignment(null, null, List.of(lost)), NOW))
        .isEqualTo("1");
    assertThat(replaced(null, upload(lost, LATER))).as("somebody else's").isNull();
  }

  @Test
  void theCertificateBeforeComesFirst() {
    assertThat(
            replaced(
                "2",
                certificate("1", "www.example.com", "Expired", PAST),
                certificate("2", "www.example.com", "OK", LATER)))
        .isEqualTo("2");
  }

  @Test
  void thenAnExpiredOneOfTheSameName() {
    assertThat(
            replaced(
                "gone",
                certificate("1", "other.example.com", "Expired", PAST),
                certificate("2", "www.example.com", "OK", LATER),
                certificate("3", "www.example.com", "Expired", PAST)))
        .isEqualTo("3");
  }

  @Test
  void nothingElseIsReplaced() {
    assertThat(
            replaced(
                null,
                certificate("1", "other.example.com", "Expired", PAST),
                certificate("2", "www.example.com", "OK", LATER),
                certificate("3", "www.example.com", "OK", null)))
        .isNull();
  }

  @Test
  void whatSomebodyElsePutInItsPlaceIsLeftWhileItIsValid() {
    String ours = "a".repeat(64);

    assertThat(isOfOthers(upload("b".repeat(64), LATER), ours)).isTrue();
    assertThat(isOfOthers(upload(ours, LATER), ours)).isFalse();
    assertThat(isOfOthers(upload("b".repeat(64), PAST), ours)).isFalse();
    assertThat(isOfOthers(upload("b".repeat(64), LATER), null)).as("not known").isFalse();
    assertThat(isOfOthers(upload(null, LATER), ours)).as("not shown").isFalse();
  }

  private static boolean isOfOthers(Certificate upload, @Nullable String brought) {
    return AlibabaEsaDeliverer.isOfOthers(
        List.of(upload), "1", consignment("1", brought, List.of()), NOW);
  }

  private static Certificate upload(@Nullable String fingerprint, String notAfter) {
    return new Certificate(
        "1",
        "www.example.com",
        "OK",
        "upload",
        null,
        null,
        null,
        null,
        null,
        notAfter,
        null,
        fingerprint,
        null,
        null,
        null,
        List.of(),
        null);
  }
}
