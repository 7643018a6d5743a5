package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.vendor.alibaba.esa.EsaCertificates.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EsaLookupTest {
  private static final String WWW = "www.example.com";
  private static final String PAST = "2026-11-21 18:59:59";
  private static final String SOON = "2026-12-01 00:00:00";
  private static final String LATER = "2027-02-01 00:00:00";

  private final EsaLookup lookup =
      new EsaLookup(
          new EsaClient(null), Clock.fixed(Instant.parse("2026-11-21T19:00:00Z"), ZoneOffset.UTC));

  private Optional<String> find(Application application, Certificate... listed) {
    return lookup.existing(application, List.of(listed)).map(Certificate::id);
  }

  private static Application first() {
    return Applications.forDomain(WWW).application();
  }

  private static Application renewalOf(String id) {
    return Applications.forDomain(WWW)
        .renewalOf(Reference.of("siteId", "1", "id", id))
        .application();
  }

  @Test
  void takesAnApplicationUnderWayBeforeAnIssuedCertificate() {
    assertThat(
            find(
                first(),
                certificate("1", WWW, "OK", LATER),
                certificate("2", WWW, "Applying", null)))
        .contains("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xn--bcher-kva.example", "bücher.example", "BÜCHER.example"})
  void findsTheNameInAnySpelling(String listed) {
    assertThat(
            find(
                Applications.forDomain("bücher.example").application(),
                certificate("1", listed, "OK", LATER)))
        .contains("1");
  }

  @Test
  void takesTheIssuedCertificateThatLastsLongest() {
    assertThat(
            find(
                first(),
                certificate("1", WWW, "Expiring", SOON),
                certificate("2", WWW, "Issued", LATER),
                certificate("3", WWW, "OK", SOON)))
        .contains("2");
  }

  @Test
  void takesNothingThatIsOverOrOfUnknownEnd() {
    assertThat(
            find(
                first(),
                certificate("1", WWW, "OK", PAST),
                certificate("2", WWW, "OK", null),
                certificate("3", WWW, "Expired", PAST),
                certificate("4", WWW, "ApplyFailed", null),
                certificate("5", WWW, "Canceled", null)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "*.example.com", "a.www.example.com", "www.example.com.cn"})
  void takesNothingForAnotherName(String other) {
    assertThat(find(first(), certificate("1", other, "Applying", null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cas", "upload", "keyless"})
  void takesNothingThatOthersPutThere(String type) {
    assertThat(find(first(), certificate("1", WWW, "OK", type, LATER, List.of()))).isEmpty();
  }

  @Test
  void renewsWithoutTakingTheOldOrAnOlderCertificateForTheNewOne() {
    assertThat(
            find(
                renewalOf("2"),
                certificate("1", WWW, "Expiring", "2026-11-30 00:00:00"),
                certificate("2", WWW, "Expiring", SOON)))
        .isEmpty();
  }

  @Test
  void renewsWithACertificateThatLastsLonger() {
    assertThat(
            find(
                renewalOf("1"),
                certificate("1", WWW, "Expiring", SOON),
                certificate("2", WWW, "OK", LATER)))
        .contains("2");
  }

  @Test
  void renewsWithAnApplicationUnderWay() {
    assertThat(
            find(
                renewalOf("1"),
                certificate("1", WWW, "OK", LATER),
                certificate("2", WWW, "Applying", null)))
        .contains("2");
  }
}
