package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EsaCheckTest extends EsaProviderTests {

  @Test
  void showsWhatToPublish() {
    vendor.on("GetCertificate", answer("GetCertificate.applying"));

    Progress progress = progress(check(applied()));

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.validations())
        .containsExactly(
            Validation.dns(
                "www.example.com", "_acme-challenge.www.example.com", "TXT", "record-text"),
            Validation.file(
                "www.example.com",
                "http://www.example.com/.well-known/acme-challenge/tok",
                "tok.content"));
    Received request = vendor.received().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.query()).isEqualTo("SiteId=" + SITE + "&Id=30000478");
  }

  @Test
  void showsTheFactsOfAnIssuedCertificate() {
    vendor.on("GetCertificate", answer("GetCertificate.issued"));

    assertThat(progress(check(applied())))
        .isEqualTo(
            new Progress(
                Phase.ISSUED,
                REFERENCE,
                List.of(),
                new CertificateFacts(
                    "www.example.com",
                    List.of("www.example.com", "example.com"),
                    "R11",
                    "babab9db65ebf2639000b9f4ae7c1d00",
                    "1dc5fc9af4eead2570c70d94b416130baeb6d4429b51fd3557379588456a31b7",
                    "RSA",
                    Instant.parse("2026-11-21T18:00:00Z"),
                    Instant.parse("2027-02-19T17:59:59Z")),
                "OK",
                "site example.com",
                "GET-2"));
  }

  @Test
  void reportsWhyAnApplicationFailed() {
    vendor.on("GetCertificate", answer("GetCertificate.failed"));

    Progress progress = progress(check(applied()));

    assertThat(progress.phase()).isEqualTo(Phase.FAILED);
    assertThat(progress.message()).isEqualTo("canceled (2)");
  }

  @Test
  void knowsFromTheListingThatACertificateIsGone() {
    vendor
        .on("GetCertificate", error(400, "notFound"))
        .on("ListCertificates", answer("ListCertificates.empty"));

    assertThat(check(applied())).isEqualTo(new Failure.Absent("LIST-1"));
  }

  @Test
  void knowsFromTheListingThatACertificateIsStillThere() {
    vendor
        .on("GetCertificate", error(400, "notFound"))
        .on("ListCertificates", answer("ListCertificates.applying"));

    assertThat(progress(check(applied())).phase()).isEqualTo(Phase.PENDING_VALIDATION);
  }

  @Test
  void repeatsAReadThatFailedForAMoment() {
    vendor.on(
        "GetCertificate",
        error(400, "internal"),
        Reply.of(503, "<html>busy</html>"),
        answer("GetCertificate.applying"));

    assertThat(progress(check(applied())).phase()).isEqualTo(Phase.PENDING_VALIDATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Status\":\"Applying\"}",
        "{\"Result\":{\"Id\":\"30000478\"}}",
        "{\"Status\":\"OK\",\"Result\":{\"Id\":\"31\",\"Status\":\"OK\"}}"
      })
  void takesNoAnswerWithoutTheCertificateForOne(String body) {
    vendor.on("GetCertificate", Reply.of(200, body));

    assertThat(refusal(check(applied())).code()).isEqualTo("Answer.Incomplete");
  }
}
