package dev.polycert.provider.tencent.ssl;

import static dev.polycert.provider.tencent.TencentTesting.CLOCK;
import static dev.polycert.provider.tencent.TencentTesting.DOMAIN;
import static dev.polycert.provider.tencent.TencentTesting.JSON;
import static dev.polycert.provider.tencent.TencentTesting.NOW;
import static dev.polycert.provider.tencent.TencentTesting.application;
import static dev.polycert.provider.tencent.TencentTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.ProviderTestProfile;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.provider.VendorError;
import dev.polycert.provider.http.VendorServer;
import dev.polycert.provider.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The steps of an order against a server that answers from the files beside. */
@QuarkusTest
@TestProfile(ProviderTestProfile.class)
class TencentSslProviderTest {
  private static final Reference REFERENCE = Reference.of("certificateId", "a9TsmZkL");
  private static final Validation CNAME =
      Validation.dns(
          "www.example.com", "_a1b2c3.www.example.com", "CNAME", "d4e5f6.dcv.example-ca.com");

  @Inject Vertx vertx;
  private final VendorServer vendor = new VendorServer();
  private final List<String> intents = new ArrayList<>();

  @AfterEach
  void stop() {
    vendor.close();
  }

  private TencentSslProvider provider(Map<String, String> settings) {
    return new TencentSslProvider(TencentTesting.clients(vendor.uri(), vertx, settings), CLOCK);
  }

  private TencentSslProvider provider() {
    return provider(Map.of());
  }

  private void answers(String... names) {
    for (String name : names) {
      vendor.thenJson(200, resource("ssl/" + name + ".response.json"));
    }
  }

  private void answersError(String code) {
    vendor.thenJson(
        200,
        "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"m\"},\"RequestId\":\"req-error\"}}"
            .formatted(code));
  }

  private static Outcome done(Uni<Outcome> step) {
    return step.await().atMost(Duration.ofSeconds(20));
  }

  private Outcome prepare(Application application) {
    return done(provider().prepare(application, TencentTesting.context(intents)));
  }

  private Outcome place(Application application) {
    return done(provider().place(application, TencentTesting.context(intents)));
  }

  private Outcome check() {
    return done(
        provider()
            .check(
                with(application(ValidationMethod.DNS, Map.of()), REFERENCE, null, null),
                TencentTesting.context(intents)));
  }

  private static Application with(
      Application application, Reference reference, Instant appliedAt, Reference renewalOf) {
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        reference,
        List.of(),
        appliedAt,
        renewalOf);
  }

  private static VendorError error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(VendorError error) -> error;
      case Outcome.Unclear(VendorError error) -> error;
      default -> throw new AssertionError(outcome);
    };
  }

  private List<String> actions() {
    return vendor.seen().stream().map(seen -> seen.headers().get("x-tc-action")).toList();
  }

  private void assertSent(int index, String action, String fixture) throws IOException {
    VendorServer.Seen seen = vendor.seen().get(index);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/");
    assertThat(seen.headers())
        .containsEntry("x-tc-action", action)
        .containsEntry("x-tc-version", "2019-12-05")
        .containsEntry("x-tc-timestamp", String.valueOf(NOW.getEpochSecond()))
        .containsEntry("content-type", "application/json; charset=utf-8");
    assertThat(JSON.readTree(seen.body())).isEqualTo(JSON.readTree(resource("ssl/" + fixture)));
  }

  // --- prepare ---

  @Test
  void findsNothingAndIsReady() throws IOException {
    answers("DescribeCertificates.none");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(new Outcome.Ready(Plan.of(Map.of())));
    assertSent(0, "DescribeCertificates", "DescribeCertificates.request.json");
    assertThat(intents).isEmpty();
  }

  @Test
  void isNotMisledByLookalikes() {
    answers("DescribeCertificates.lookalikes");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Outcome.Ready.class);
  }

  @Test
  void readsAllPages() {
    String first = resource("ssl/DescribeCertificates.lookalikes.response.json");
    vendor.thenJson(200, first.replace("\"TotalCount\": 4", "\"TotalCount\": 5"));
    answers("DescribeCertificates.pending");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOfSatisfying(
            Outcome.Progress.class, found -> assertThat(found.reference()).isEqualTo(REFERENCE));
    assertThat(vendor.seen().get(1).body()).contains("\"Offset\":100");
  }

  @Test
  void adoptsAnApplicationThatIsUnderWay() {
    answers("DescribeCertificates.pending");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            found -> {
              assertThat(found.phase()).isEqualTo(Phase.PENDING_VALIDATION);
              assertThat(found.reference()).isEqualTo(REFERENCE);
              assertThat(found.requestId()).isEqualTo("req-list-pending");
            });
  }

  @Test
  void takesOverANamedCertificate() {
    answers("DescribeCertificate.bought");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of("certificateId", "a9TsmZkL"))))
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            found -> {
              assertThat(found.phase()).isEqualTo(Phase.PENDING_INFORMATION);
              assertThat(found.vendorStatus()).isEqualTo("5 待提交资料");
            });
  }

  @Test
  void doesNotTakeOverACertificateForAnotherDomain() {
    vendor.thenJson(
        200,
        resource("ssl/DescribeCertificate.issued.response.json")
            .replace("www.example.com", "www.example.net")
            .replace("\"example.com\"", "\"example.net\""));
    VendorError error =
        error(prepare(application(ValidationMethod.DNS, Map.of("certificateId", "a9TsmZkL"))));
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("www.example.net", "www.example.com");
  }

  @Test
  void aRenewalNamesItsPredecessorAndDoesNotAdoptIt() {
    answers("DescribeCertificate.endsSoon", "DescribeCertificates.lookalikes");
    Application renewal =
        with(
            application(ValidationMethod.DNS, Map.of()),
            null,
            null,
            Reference.of("certificateId", "endsSoon"));
    assertThat(prepare(renewal))
        .isEqualTo(new Outcome.Ready(Plan.of(Map.of("oldCertificateId", "endsSoon"))));
  }

  @Test
  void aBoughtCertificateIsNotFollowedByAFreeOne() {
    answers("DescribeCertificate.bought");
    Application renewal =
        with(
            application(ValidationMethod.DNS, Map.of("certificateId", "a9TsmZkL")),
            null,
            null,
            REFERENCE);
    assertThat(error(prepare(renewal)).message()).contains("bought", "certificateId");
    assertThat(actions()).containsExactly("DescribeCertificate");
  }

  @Test
  void aRenewalOfACertificateThatIsGoneIsAnApplication() {
    answersError("FailedOperation.CertificateNotFound");
    answers("DescribeCertificates.none");
    Application renewal = with(application(ValidationMethod.DNS, Map.of()), null, null, REFERENCE);
    assertThat(prepare(renewal)).isEqualTo(new Outcome.Ready(Plan.of(Map.of())));
  }

  @Test
  void whatTheVendorWouldNotTakeIsRefusedBeforeAnyCall() {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    DomainName longName = DomainName.parse("a".repeat(30) + "." + "b".repeat(30) + ".example.com");
    assertThat(
            error(prepare(new Application(longName, terms, Map.of(), null, List.of(), null, null)))
                .code())
        .isEqualTo("InvalidParameterValue.CertificateDomainMaxLengthInvalid");
    assertThat(error(prepare(application(ValidationMethod.DNS, Map.of("projectId", "x")))))
        .extracting(VendorError::code, VendorError::message)
        .containsExactly("Option.projectId", "projectId is a number such as 0, not x");
    assertThat(
            error(prepare(application(ValidationMethod.DNS, Map.of("deleteDnsAutoRecord", "true"))))
                .message())
        .contains("DNS_AUTO");
    assertThat(vendor.seen()).isEmpty();
  }

  // --- place ---

  @Test
  void appliesWithOneWrite() throws IOException {
    answers("ApplyCertificate");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(
            new Outcome.Progress(
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
    Outcome lost = place(application);
    assertThat(lost).isInstanceOf(Outcome.Unclear.class);
    assertThat(error(lost).code()).isEqualTo("Transport.Broken");
    Outcome found =
        done(provider().find(with(application, null, NOW, null), TencentTesting.context(intents)));
    assertThat(found)
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            progress -> assertThat(progress.reference()).isEqualTo(REFERENCE));
    assertThat(actions()).containsExactly("ApplyCertificate", "DescribeCertificates");
  }

  @Test
  void whatWasNotThereBeforeAndIsNotThereNowIsAbsent() {
    answers("DescribeCertificates.lookalikes");
    Application application = with(application(ValidationMethod.DNS, Map.of()), null, NOW, null);
    assertThat(done(provider().find(application, TencentTesting.context(intents))))
        .isEqualTo(new Outcome.Absent("req-list-lookalikes"));
  }

  @Test
  void aServerFaultDuringAWriteIsUnclear() {
    answersError("InternalError");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Outcome.Unclear.class);
    vendor.thenJson(502, "<html>");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Outcome.Unclear.class);
    assertThat(vendor.seen()).hasSize(2);
  }

  @Test
  void anAnswerWithoutAnIdIsNoSuccess() {
    vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\"}}");
    Outcome outcome = place(application(ValidationMethod.DNS, Map.of()));
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
    assertThat(error(outcome).code()).isEqualTo("Transport.Malformed");
  }

  @Test
  void aThrottledWriteIsRepeated() {
    answersError("RequestLimitExceeded");
    answersError("LimitExceeded.RateLimitExceeded");
    answers("ApplyCertificate");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Outcome.Progress.class);
    assertThat(intents).containsExactly("ApplyCertificate");
    assertThat(vendor.seen()).hasSize(3);
  }

  @Test
  void aUsedUpQuotaIsRefusedWithTheVendorsWords() {
    answersError("FailedOperation.ExceedsFreeLimit");
    assertThat(place(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(
            new Outcome.Refused(
                new VendorError(
                    ErrorClass.QUOTA, "FailedOperation.ExceedsFreeLimit", "m", "req-error", null)));
  }

  // --- check ---

  @Test
  void tellsWhatToPublishAndWhatIsMissing() throws IOException {
    answers("DescribeCertificate.pending", "CheckCertificateDomainVerification.missing");
    assertThat(check())
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
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
            Outcome.Progress.class,
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
            Outcome.Progress.class,
            progress -> assertThat(progress.phase()).isEqualTo(Phase.ISSUED));
  }

  @Test
  void aTriggerThatComesTooLateIsNoError() {
    answers("DescribeCertificate.pending", "CheckCertificateDomainVerification.passed");
    answersError("FailedOperation.CertificateNotFoundOrAudited");
    answers("DescribeCertificate.issued");
    assertThat(check())
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            progress -> assertThat(progress.phase()).isEqualTo(Phase.ISSUED));
  }

  @Test
  void aVerificationThatFailsDoesNotHideTheStatus() {
    answers("DescribeCertificate.pending");
    answersError("FailedOperation.AuthError");
    assertThat(check())
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            progress -> {
              assertThat(progress.validations()).containsExactly(CNAME);
              assertThat(progress.message()).contains("FailedOperation.AuthError");
            });
  }

  @Test
  void aCertificateThatTheVendorDoesNotKnowIsAbsent() {
    answersError("FailedOperation.CertificateNotFound");
    assertThat(check()).isEqualTo(new Outcome.Absent("req-error"));
  }

  @Test
  void anEmptyAnswerIsNoStatus() {
    for (int attempt = 0; attempt < 4; attempt++) {
      vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\"}}");
    }
    assertThat(error(check()).code()).isEqualTo("Transport.Malformed");
  }

  // --- information ---

  private static Application waiting(Information information) {
    Terms terms = new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), information);
    return new Application(DOMAIN, terms, Map.of(), REFERENCE, List.of(), null, null);
  }

  private static Information complete() {
    return new Information(
        new Information.Organization(
            "Tencent", "Qcloud", "CN", "广东省", "深圳市", "南山区腾讯大厦1000号", null, "0755", "86013388"),
        new Information.Person(
            null, "test", "admin", "12345678901", "admin@example.com", "developer"),
        new Information.Person(
            null, "test", "contact", "12345678902", "contact@example.com", "manager"),
        null,
        null);
  }

  @Test
  void namesEveryMemberThatIsMissing() {
    assertThat(provider().missingInformation(waiting(Information.none())))
        .containsExactly(
            "information.organization.name",
            "information.organization.division",
            "information.organization.country",
            "information.organization.region",
            "information.organization.city",
            "information.organization.address",
            "information.organization.phoneAreaCode",
            "information.organization.phoneNumber",
            "information.administrator.firstName",
            "information.administrator.lastName",
            "information.administrator.phone",
            "information.administrator.email",
            "information.administrator.position",
            "information.contact.firstName",
            "information.contact.lastName",
            "information.contact.phone",
            "information.contact.email",
            "information.contact.position");
    assertThat(provider().missingInformation(waiting(complete()))).isEmpty();
  }

  private Outcome submit(Information information) {
    return done(provider().submit(waiting(information), TencentTesting.context(intents)));
  }

  @Test
  void submitsAndCommitsWithTwoWrites() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    assertThat(submit(complete()))
        .isEqualTo(
            new Outcome.Progress(
                Phase.APPLYING, REFERENCE, List.of(), null, "0", null, "req-commit"));
    assertSent(0, "SubmitCertificateInformation", "SubmitCertificateInformation.request.json");
    assertSent(1, "CommitCertificateInformation", "CommitCertificateInformation.request.json");
    assertThat(intents)
        .containsExactly("SubmitCertificateInformation", "CommitCertificateInformation");
  }

  @Test
  void sendsAnOwnCsr() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    submit(complete().merge(new Information(null, null, null, "-----BEGIN CSR", null)));
    JsonNode body = JSON.readTree(vendor.seen().getFirst().body());
    assertThat(body.path("CsrType").asText()).isEqualTo("parse");
    assertThat(body.path("CsrContent").asText()).isEqualTo("-----BEGIN CSR");
  }

  @Test
  void informationThatWasTakenBeforeIsNoError() {
    answersError("FailedOperation.InvalidCertificateStatusCode");
    answers("DescribeCertificate.pending");
    assertThat(submit(complete()))
        .isInstanceOfSatisfying(
            Outcome.Progress.class,
            progress -> assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION));
  }

  // --- keys ---

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
