package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.application;
import static dev.polycert.vendor.tencent.TencentTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a certificate stands, and what is done while it waits for validation. */
@QuarkusTest
class SslCheckTest extends SslSteps {
  private Object check() {
    return check(CNAME);
  }

  private Object check(Validation... shown) {
    return done(
        provider()
            .check(
                shown(
                    with(application(ValidationMethod.DNS, Map.of()), REFERENCE, null, null),
                    shown),
                TencentTesting.context(intents)));
  }

  @Test
  void nobodyIsAskedToLookForWhatNobodyWasShown() {
    answers("DescribeCertificate.pending", "DescribeCertificate.pending");
    Validation other = Validation.dns("www.example.com", "_old.www.example.com", "CNAME", "old.ca");

    assertThat(check(new Validation[0]))
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> {
              assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
              assertThat(progress.validations()).containsExactly(CNAME);
            });
    check(other);

    assertThat(actions()).containsExactly("DescribeCertificate", "DescribeCertificate");
  }

  @Test
  void whatShallEndIsOnlyLookedAt() {
    answers("DescribeCertificate.pending");

    Object outcome =
        done(
            provider()
                .look(
                    shown(
                        with(application(ValidationMethod.DNS, Map.of()), REFERENCE, null, null),
                        CNAME),
                    TencentTesting.context(intents)));

    assertThat(((Progress) outcome).phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(actions()).containsExactly("DescribeCertificate");
  }

  @Test
  void tellsWhatToPublishAndWhatIsMissing() throws IOException {
    answers("DescribeCertificate.pending", "CheckCertificateDomainVerification.missing");
    assertThat(check())
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> {
              assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
              assertThat(progress.validations()).containsExactly(CNAME);
              assertThat(progress.message()).contains("CNAME record is missing");
              assertThat(progress.vendorStatus()).isEqualTo("0 审核中 PENDING-DCV");
            });
    assertSent(0, "DescribeCertificate", "CertificateId.request.json");
    assertSent(1, "CheckCertificateDomainVerification", "CertificateId.request.json");
    assertThat(intents).isEmpty();
  }

  @Test
  void letsTheCaLookOnceEverythingIsInPlace() throws IOException {
    answers(
        "DescribeCertificate.pending",
        "CheckCertificateDomainVerification.passed",
        "CompleteCertificate",
        "DescribeCertificate.issued");
    assertThat(check())
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> {
              assertThat(progress.phase()).isEqualTo(Phase.ISSUED);
              assertThat(progress.validations()).isEmpty();
              assertThat(progress.certificate().commonName()).isEqualTo("www.example.com");
              assertThat(progress.certificate().names())
                  .containsExactly("www.example.com", "example.com");
              assertThat(progress.certificate().notBefore())
                  .isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
              assertThat(progress.certificate().notAfter())
                  .isEqualTo(Instant.parse("2027-02-18T23:59:59Z"));
              assertThat(progress.requestId()).isEqualTo("req-describe-issued");
            });
    assertSent(2, "CompleteCertificate", "CertificateId.request.json");
  }

  @Test
  void aBrandWithoutATriggerIsNotTriggered() {
    vendor.thenJson(
        200,
        resource("ssl/DescribeCertificate.pending.response.json")
            .replace("TrustAsia C1 DV Free", "DNSPod DV"));
    answers("CheckCertificateDomainVerification.passed");
    check();
    assertThat(actions())
        .containsExactly("DescribeCertificate", "CheckCertificateDomainVerification");
  }

  @Test
  void whatIsIssuedInBetweenIsSeen() {
    answers(
        "DescribeCertificate.pending",
        "CheckCertificateDomainVerification.movedOn",
        "DescribeCertificate.issued");
    assertThat(check())
        .isInstanceOfSatisfying(
            Progress.class, progress -> assertThat(progress.phase()).isEqualTo(Phase.ISSUED));
  }

  @Test
  void aTriggerThatComesTooLateIsNoError() {
    answers("DescribeCertificate.pending", "CheckCertificateDomainVerification.passed");
    answersError("FailedOperation.CertificateNotFoundOrAudited");
    answers("DescribeCertificate.issued");
    assertThat(check())
        .isInstanceOfSatisfying(
            Progress.class, progress -> assertThat(progress.phase()).isEqualTo(Phase.ISSUED));
  }

  @Test
  void aVerificationThatFailsDoesNotHideTheStatus() {
    answers("DescribeCertificate.pending");
    answersError("FailedOperation.AuthError");
    assertThat(check())
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> {
              assertThat(progress.validations()).containsExactly(CNAME);
              assertThat(progress.message()).contains("FailedOperation.AuthError");
            });
  }

  @Test
  void aCertificateThatTheVendorDoesNotKnowIsAbsent() {
    answersError("FailedOperation.CertificateNotFound");
    assertThat(check()).isEqualTo(new Failure.Absent("req-error"));
  }

  @Test
  void anEmptyAnswerIsNoStatus() {
    for (int attempt = 0; attempt < 4; attempt++) {
      vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\"}}");
    }
    assertThat(error(check()).code()).isEqualTo("Transport.Malformed");
  }
}
