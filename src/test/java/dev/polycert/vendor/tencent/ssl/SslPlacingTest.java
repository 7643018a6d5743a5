package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.DOMAIN;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static dev.polycert.vendor.tencent.TencentTesting.NOW;
import static dev.polycert.vendor.tencent.TencentTesting.application;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The one write, and what becomes of it when its answer is lost. */
@QuarkusTest
class SslPlacingTest extends SslSteps {
  private Object place(Application application) {
    return done(provider().place(application, TencentTesting.context(intents)));
  }

  @Test
  void appliesWithOneWrite() throws IOException {
    answers("ApplyCertificate");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(
            new Progress(
                Phase.APPLYING,
                REFERENCE,
                List.of(),
                null,
                "accepted",
                null,
                "0b39eaa4-f938-476d-9b26-19fb07b80936"));
    assertSent(0, "ApplyCertificate", "ApplyCertificate.request.json");
    assertThat(intents).containsExactly("ApplyCertificate");
  }

  @Test
  void appliesWithEveryOption() throws IOException {
    answers("ApplyCertificate");
    Map<String, String> options =
        Map.of(
            "packageType", "83",
            "validityPeriod", "3",
            "projectId", "7",
            "alias", "shop",
            "contactEmail", "admin@example.com",
            "contactPhone", "13800000000",
            "deleteDnsAutoRecord", "true");
    Terms terms =
        new Terms(ValidationMethod.DNS_AUTO, KeyAlgorithm.EC_P256, options, Information.none());
    place(
        new Application(
            DOMAIN, terms, Map.of("oldCertificateId", "LqQxgqUe"), null, List.of(), null, null));
    assertSent(0, "ApplyCertificate", "ApplyCertificate.options.request.json");
  }

  @Test
  void sendsThePasswordThatTheOrderKeepsSealed() throws IOException {
    answers("ApplyCertificate");
    Application application =
        withPassword(application(ValidationMethod.DNS, Map.of()), "s3cret-pw");
    Object placed = place(application);
    assertThat(JSON.readTree(vendor.seen().getFirst().body()).path("CsrKeyPassword").asText())
        .isEqualTo("s3cret-pw");
    assertThat(application + " " + placed).doesNotContain("s3cret-pw");
  }

  @Test
  void aVendorThatRepeatsThePasswordIsNotQuoted() {
    vendor.thenJson(
        200,
        "{\"Response\":{\"Error\":{\"Code\":\"FailedOperation.InvalidParam\","
            + "\"Message\":\"CsrKeyPassword s3cret-pw is odd\"},\"RequestId\":\"r\"}}");
    Object refused = place(withPassword(application(ValidationMethod.DNS, Map.of()), "s3cret-pw"));
    assertThat(error(refused).message()).isEqualTo("CsrKeyPassword *** is odd");
  }

  @Test
  void aPasswordThatCannotBeOpenedIsReportedBeforeAnythingIsSent() {
    Vault other =
        TestVault.over(new TestVault.Memory(), TestVault.key("another-fake-key-for-tests-only0"));
    Application application = application(ValidationMethod.DNS, Map.of());
    Information information =
        new Information(
            null, null, null, null, null, other.sealText(Information.KEY_PASSWORD, "s3cret-pw"));
    Application sealed = with(application, application.terms().withInformation(information));
    VendorError error = error(done(provider().prepare(sealed, TencentTesting.context(intents))));
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("information.keyPassword", "POLYCERT_VAULT_KEY");
    assertThat(place(sealed)).isEqualTo(new Failure.Refused(error));
    assertThat(vendor.seen()).isEmpty();
    assertThat(intents).isEmpty();
  }

  private static Application withPassword(Application application, String password) {
    return with(application, application.terms().withInformation(withPassword(password)));
  }

  private static Application with(Application application, Terms terms) {
    return new Application(
        application.domain(), terms, application.plan(), null, List.of(), null, null);
  }

  @Test
  void theSignatureIsForWhatIsSent() {
    answers("ApplyCertificate");
    Map<String, String> settings = Map.of("TENCENTCLOUD_TOKEN", "fake-session-token");
    done(
        provider(settings)
            .place(application(ValidationMethod.DNS, Map.of()), TencentTesting.context(intents)));
    VendorServer.Seen seen = vendor.seen().getFirst();
    assertThat(seen.headers())
        .containsEntry("host", "127.0.0.1:" + vendor.uri().getPort())
        .containsEntry("x-tc-token", "fake-session-token")
        .containsEntry("authorization", TencentTesting.authorization("ssl", seen));
  }

  @Test
  void aLostAnswerIsUnclearAndThenFound() {
    vendor.thenCut();
    answers("DescribeCertificates.pending");
    Application application = application(ValidationMethod.DNS, Map.of());
    Object lost = place(application);
    assertThat(lost).isInstanceOf(Failure.Unclear.class);
    assertThat(error(lost).code()).isEqualTo("Transport.Broken");
    Object found =
        done(provider().find(with(application, null, NOW, null), TencentTesting.context(intents)));
    assertThat(found)
        .isInstanceOfSatisfying(
            Progress.class, progress -> assertThat(progress.reference()).isEqualTo(REFERENCE));
    assertThat(actions()).containsExactly("ApplyCertificate", "DescribeCertificates");
  }

  @Test
  void whatWasNotThereBeforeAndIsNotThereNowIsAbsent() {
    answers("DescribeCertificates.lookalikes");
    Application application = with(application(ValidationMethod.DNS, Map.of()), null, NOW, null);
    assertThat(done(provider().find(application, TencentTesting.context(intents))))
        .isEqualTo(new Failure.Absent("req-list-lookalikes"));
  }

  @Test
  void aServerFaultDuringAWriteIsUnclear() {
    answersError("InternalError");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Failure.Unclear.class);
    vendor.thenJson(502, "<html>");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Failure.Unclear.class);
    assertThat(vendor.seen()).hasSize(2);
  }

  @Test
  void anAnswerWithoutAnIdIsNoSuccess() {
    vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\"}}");
    Object outcome = place(application(ValidationMethod.DNS, Map.of()));
    assertThat(outcome).isInstanceOf(Failure.Unclear.class);
    assertThat(error(outcome).code()).isEqualTo("Transport.Malformed");
  }

  @Test
  void aThrottledWriteIsRepeated() {
    answersError("RequestLimitExceeded");
    answersError("LimitExceeded.RateLimitExceeded");
    answers("ApplyCertificate");
    assertThat(place(application(ValidationMethod.DNS, Map.of()))).isInstanceOf(Progress.class);
    assertThat(intents).containsExactly("ApplyCertificate");
    assertThat(vendor.seen()).hasSize(3);
  }

  @Test
  void aUsedUpQuotaIsRefusedWithTheVendorsWords() {
    answersError("FailedOperation.ExceedsFreeLimit");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(
            new Failure.Refused(
                new VendorError(
                    ErrorClass.QUOTA, "FailedOperation.ExceedsFreeLimit", "m", "req-error", null)));
  }

  @Test
  void missingKeysAreNamedAndNothingIsSent() {
    TencentSslProvider provider =
        provider(Map.of("TENCENTCLOUD_SECRET_ID", "", "TENCENTCLOUD_SECRET_KEY", ""));
    assertThat(provider.account().missing())
        .containsExactly("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY");
    VendorError error =
        error(
            done(
                provider.place(
                    application(ValidationMethod.DNS, Map.of()), TencentTesting.context(intents))));
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY");
    assertThat(vendor.seen()).isEmpty();
    assertThat(intents).isEmpty();
  }

  @Test
  void noKeyIsInAnyOutcome() {
    Map<String, String> keys = new HashMap<>();
    keys.put("TENCENTCLOUD_SECRET_ID", "canary-id");
    keys.put("TENCENTCLOUD_SECRET_KEY", "canary-secret");
    keys.put("TENCENTCLOUD_TOKEN", "canary-token");
    keys.put("polycert.http.attempts", "1");
    TencentSslProvider provider = provider(keys);
    vendor.then(
        request ->
            request
                .response()
                .end(
                    "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\","
                        + "\"Message\":\"canary-id canary-secret "
                        + request.getHeader("X-TC-Token")
                        + "\"}}}"));
    vendor.thenCut();
    vendor.then(request -> request.response().end("canary-secret"));
    vendor.then(request -> request.response().setStatusCode(500).end("canary-secret"));
    StringBuilder told = new StringBuilder(provider.toString());
    for (int call = 0; call < 4; call++) {
      told.append(
          done(
              provider.place(
                  application(ValidationMethod.DNS, Map.of()), TencentTesting.context(intents))));
    }
    assertThat(vendor.seen()).hasSize(4);
    assertThat(told).doesNotContain("canary");
  }
}
