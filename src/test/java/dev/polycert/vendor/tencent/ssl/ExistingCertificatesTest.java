package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.DOMAIN;
import static dev.polycert.vendor.tencent.TencentTesting.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate at the vendor belongs to an order: a wrong answer costs a quota. */
class ExistingCertificatesTest {
  private static final DateTimeFormatter GMT_8 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

  private static SslCertificate certificate(
      String id, int status, Instant inserted, Duration age, String packageType, String from) {
    Instant start = NOW.minus(age);
    return new SslCertificate(
        id,
        "www.example.com",
        List.of(),
        status,
        null,
        null,
        null,
        packageType,
        null,
        null,
        from,
        GMT_8.format(inserted),
        GMT_8.format(start),
        GMT_8.format(start.plus(Duration.ofDays(90))),
        null,
        null);
  }

  private static SslCertificate free(String id, int status, Duration age) {
    return certificate(id, status, NOW.minus(age), age, "83", "trustasia");
  }

  private static Application application(Instant appliedAt, Reference renewalOf) {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    return new Application(DOMAIN, terms, Map.of(), null, List.of(), appliedAt, renewalOf);
  }

  private static Optional<String> serving(SslCertificate... certificates) {
    return ExistingCertificates.serving(List.of(certificates), application(null, null), NOW)
        .map(SslCertificate::certificateId);
  }

  private static Optional<String> lost(Application application, SslCertificate... certificates) {
    return ExistingCertificates.lost(List.of(certificates), application)
        .map(SslCertificate::certificateId);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 11, 13})
  void whatIsUnderWayOrFreshServes(int status) {
    assertThat(serving(free("there", status, Duration.ofDays(1)))).contains("there");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6, 7, 8, 9, 10, 12, 14, 15, 99})
  void whatHasEndedOrIsNotOursDoesNotServe(int status) {
    assertThat(serving(free("there", status, Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void anIssuedOneServesUntilItIsDueForRenewal() {
    assertThat(serving(free("there", 1, Duration.ofDays(59)))).contains("there");
    assertThat(serving(free("there", 1, Duration.ofDays(61)))).isEmpty();
  }

  @Test
  void theOneThatLastsLongestServes() {
    assertThat(
            serving(
                free("older", 1, Duration.ofDays(30)),
                free("newer", 1, Duration.ofDays(10)),
                free("pending", 0, Duration.ofDays(1))))
        .contains("newer");
  }

  @Test
  void boughtAndUploadedOnesDoNotServe() {
    Duration age = Duration.ofDays(1);
    assertThat(serving(certificate("bought", 1, NOW, age, "8", "secureSite"))).isEmpty();
    assertThat(serving(certificate("upload", 1, NOW, age, null, "upload"))).isEmpty();
  }

  @Test
  void theCertificateToBeRenewedDoesNotServe() {
    Application renewal = application(null, Reference.of("certificateId", "old"));
    assertThat(
            ExistingCertificates.serving(List.of(free("old", 1, Duration.ofDays(1))), renewal, NOW))
        .isEmpty();
  }

  @Test
  void theLostOneIsTheNewestSinceTheApplicationWasSent() {
    Application application = application(NOW.minusSeconds(60), null);
    assertThat(
            lost(
                application,
                free("before", 0, Duration.ofHours(1)),
                free("ours", 0, Duration.ofSeconds(58)),
                free("issuedBefore", 1, Duration.ofDays(70))))
        .contains("ours");
    assertThat(lost(application, free("before", 0, Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void theLostOneMayBearATimeOfASlowerClock() {
    Application application = application(NOW.minusSeconds(60), null);
    assertThat(lost(application, free("ours", 0, Duration.ofMinutes(4)))).contains("ours");
  }

  @Test
  void anEndedOneOfThatToleranceIsNotTheLostOne() {
    Application application = application(NOW.minusSeconds(60), null);
    assertThat(lost(application, free("failedBefore", 2, Duration.ofMinutes(4)))).isEmpty();
    assertThat(lost(application, free("ours", 2, Duration.ofSeconds(30)))).contains("ours");
  }

  @Test
  void theRenewedOneIsNotTheLostOne() {
    Application renewal = application(NOW.minusSeconds(60), Reference.of("certificateId", "old"));
    assertThat(lost(renewal, free("old", 1, Duration.ofSeconds(30)))).isEmpty();
  }

  @Test
  void aPredecessorIsNamedInItsLastThirtyDaysOnly() {
    assertThat(ExistingCertificates.linkable(free("old", 1, Duration.ofDays(59)), NOW)).isFalse();
    assertThat(ExistingCertificates.linkable(free("old", 1, Duration.ofDays(61)), NOW)).isTrue();
    assertThat(ExistingCertificates.linkable(free("old", 1, Duration.ofDays(91)), NOW)).isFalse();
    assertThat(ExistingCertificates.linkable(free("old", 10, Duration.ofDays(61)), NOW)).isFalse();
  }
}
