package dev.polycert.vendor.tencent.edgeone;

import static dev.polycert.vendor.tencent.TencentTesting.CLOCK;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static dev.polycert.vendor.tencent.TencentTesting.NOW;
import static dev.polycert.vendor.tencent.TencentTesting.application;
import static dev.polycert.vendor.tencent.TencentTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The steps of an order against a server that answers from the files beside. */
@QuarkusTest
class EdgeOneProviderTest {
  private static final Map<String, String> PLAN =
      Map.of("zoneId", "zone-000000000001", "zoneName", "example.com");
  private static final Reference REFERENCE =
      Reference.of("zoneId", "zone-000000000001", "domain", "www.example.com");

  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final List<String> intents = new ArrayList<>();

  private EdgeOneProvider provider() {
    TencentTesting.Setup setup = TencentTesting.setup(vendor.uri(), vertx, Map.of());
    return new EdgeOneProvider(setup.clients(), setup.config(), CLOCK);
  }

  private void answers(String... names) {
    for (String name : names) {
      vendor.thenJson(200, resource("edgeone/" + name + ".response.json"));
    }
  }

  private void answersError(String code) {
    vendor.thenJson(
        200,
        "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"m\"},\"RequestId\":\"req-error\"}}"
            .formatted(code));
  }

  private static Object done(Uni<? extends Answer<?>> step) {
    return Awaiting.await(Object.class, step);
  }

  private Object prepare(Application application) {
    return done(provider().prepare(application, TencentTesting.context(intents)));
  }

  private Object place(ValidationMethod validation) {
    return done(provider().place(planned(validation, PLAN, null), TencentTesting.context(intents)));
  }

  private Object find(Map<String, String> plan) {
    return done(
        provider()
            .find(planned(ValidationMethod.DNS, plan, null), TencentTesting.context(intents)));
  }

  private Object check(Map<String, String> plan) {
    return done(
        provider()
            .check(
                planned(ValidationMethod.DNS, plan, REFERENCE), TencentTesting.context(intents)));
  }

  private static Application planned(
      ValidationMethod validation, Map<String, String> plan, Reference reference) {
    Application bare = application(validation, Map.of());
    return new Application(bare.domain(), bare.terms(), plan, reference, List.of(), NOW, null);
  }

  private static VendorError refusal(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  private void assertSent(int index, String action, String fixture) throws IOException {
    VendorServer.Seen seen = vendor.seen().get(index);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/");
    assertThat(seen.headers())
        .containsEntry("x-tc-action", action)
        .containsEntry("x-tc-version", "2022-09-01")
        .containsEntry("authorization", TencentTesting.authorization("teo", seen));
    assertThat(JSON.readTree(seen.body())).isEqualTo(JSON.readTree(resource("edgeone/" + fixture)));
  }

  // --- cancel ---

  @Test
  void isGivenUpWithoutACallBecauseThereIsNone() {
    Object given =
        done(
            provider()
                .cancel(
                    planned(ValidationMethod.DNS, PLAN, REFERENCE),
                    TencentTesting.context(intents)));
    assertThat(given)
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> {
              assertThat(progress.phase()).isEqualTo(Phase.CANCELLED);
              assertThat(progress.message()).contains("no operation", "lapses by itself");
            });
    assertThat(vendor.seen()).isEmpty();
    assertThat(intents).isEmpty();
  }

  // --- prepare ---

  @Test
  void findsTheSiteOfTheDomain() throws IOException {
    answers("DescribeZones", "CheckFreeCertificateVerification.unexpected");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(new Preparation.Ready(Plan.of(PLAN)));
    assertSent(0, "DescribeZones", "DescribeZones.request.json");
    assertThat(intents).isEmpty();
  }

  @Test
  void aNamedSiteThatThereIsNotIsRefusedBeforehand() {
    answersError("ResourceUnavailable.ZoneNotFound");
    assertThat(
            refusal(prepare(application(ValidationMethod.DNS, Map.of("zoneId", "zone-nope"))))
                .code())
        .isEqualTo("ResourceUnavailable.ZoneNotFound");
  }

  @Test
  void takesTheNamedSite() {
    answersError("ResourceNotFound");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of("zoneId", "zone-9"))))
        .isEqualTo(new Preparation.Ready(Plan.of(Map.of("zoneId", "zone-9"))));
  }

  @Test
  void refusesWhatHasNoFittingSite() {
    answers("DescribeZones.none");
    assertThat(refusal(prepare(application(ValidationMethod.DNS, Map.of()))))
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo("NoZone");
              assertThat(error.message()).contains("www.example.com");
              assertThat(error.requestId()).isEqualTo("req-zones-none");
            });
    answers("DescribeZones.full");
    assertThat(refusal(prepare(application(ValidationMethod.DNS, Map.of()))).message())
        .contains("full", "CNAME access");
  }

  @Test
  void refusesWhatCannotBeValidatedBeforeAnyCall() {
    assertThat(refusal(prepare(application(ValidationMethod.DNS_AUTO, Map.of()))).message())
        .contains("DNS_AUTO");
    Application file = application(ValidationMethod.FILE, Map.of());
    Application wildcard =
        new Application(
            DomainName.parse("*.example.com"), file.terms(), Map.of(), null, List.of(), null, null);
    assertThat(refusal(prepare(wildcard)).message()).contains("wildcard", "DNS");
    assertThat(vendor.seen()).isEmpty();
  }

  @Test
  void adoptsACertificateThatTheDomainHas() {
    answers("DescribeZones", "CheckFreeCertificateVerification.issued");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOfSatisfying(
            Preparation.Existing.class,
            existing -> {
              assertThat(existing.progress().phase()).isEqualTo(Phase.ISSUED);
              assertThat(existing.progress().reference()).isEqualTo(REFERENCE);
            });
  }

  @Test
  void aCertificateThatEndsSoonIsAppliedForAgainAndNotTakenForTheNewOne() {
    answers("DescribeZones", "CheckFreeCertificateVerification.endsSoon");
    Preparation.Ready ready =
        (Preparation.Ready) prepare(application(ValidationMethod.DNS, Map.of()));
    Map<String, String> plan = ready.plan().settings();
    answers("CheckFreeCertificateVerification.endsSoon", "CheckFreeCertificateVerification.issued");
    VendorError unchanged = refusal(check(plan));
    assertThat(unchanged.errorClass()).isEqualTo(ErrorClass.PENDING);
    assertThat(unchanged.message()).contains("2026-12-10T00:00:00Z");
    assertThat(check(plan)).isInstanceOf(Progress.class);
  }

  @Test
  void wrongKeysAreFoundOutBeforeTheWrite() {
    answers("DescribeZones");
    answersError("AuthFailure.UnauthorizedOperation");
    assertThat(refusal(prepare(application(ValidationMethod.DNS, Map.of()))).errorClass())
        .isEqualTo(ErrorClass.CREDENTIALS);
  }

  // --- place ---

  @Test
  void delegatesTheValidationWithNameAndValuePutRight() throws IOException {
    answers("ApplyFreeCertificate.dns");
    Progress progress = (Progress) place(ValidationMethod.DNS);
    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.requestId()).isEqualTo("req-apply-dns");
    assertThat(progress.validations())
        .singleElement()
        .extracting(Validation::recordName, Validation::recordType, Validation::recordValue)
        .containsExactly("_acme-challenge.www.example.com", "CNAME", "www.example.com.edgeone.com");
    assertSent(0, "ApplyFreeCertificate", "ApplyFreeCertificate.dns.request.json");
    assertThat(intents).containsExactly("ApplyFreeCertificate");
  }

  @Test
  void aFileIsFetchedOverPlainHttp() throws IOException {
    answers("ApplyFreeCertificate.file");
    Progress progress = (Progress) place(ValidationMethod.FILE);
    assertThat(progress.validations())
        .containsExactly(
            Validation.file(
                "www.example.com",
                "http://www.example.com/.well-known/teo-verification/yvnu7sesms",
                "b2zp4tz7nu"));
    assertSent(0, "ApplyFreeCertificate", "ApplyFreeCertificate.file.request.json");
  }

  @Test
  void anAnswerWithoutAValidationIsNoSuccess() {
    vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\"}}");
    assertThat(place(ValidationMethod.DNS)).isInstanceOf(Failure.Unclear.class);
  }

  // --- a lost answer ---

  @Test
  void aLostApplicationMayBeMadeAgainUnlessTheCertificateIsThere() {
    vendor.thenCut();
    assertThat(place(ValidationMethod.DNS)).isInstanceOf(Failure.Unclear.class);
    answers("CheckFreeCertificateVerification.unexpected");
    assertThat(find(PLAN)).isEqualTo(new Failure.Absent("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6"));
    answersError("ResourceUnavailable.DomainNotFound");
    assertThat(find(PLAN)).isEqualTo(new Failure.Absent("req-error"));
    answers("CheckFreeCertificateVerification.issued");
    assertThat(find(PLAN)).isInstanceOf(Progress.class);
  }

  @Test
  void aLookThatDidNotWorkSaysNothing() {
    answersError("UnauthorizedOperation.NoPermission");
    assertThat(refusal(find(PLAN)).errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
  }

  // --- check ---

  @Test
  void whatIsNotSeenIsPendingWithTheVendorsWords() throws IOException {
    answers("CheckFreeCertificateVerification.unexpected");
    VendorError error = refusal(check(PLAN));
    assertThat(error.errorClass()).isEqualTo(ErrorClass.PENDING);
    assertThat(error.code()).isEqualTo("ResourceUnavailable.RecordUnExpected");
    assertThat(error.message()).contains("无法正确检测到验证值");
    assertThat(error.requestId()).isEqualTo("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6");
    assertSent(
        0, "CheckFreeCertificateVerification", "CheckFreeCertificateVerification.request.json");
    assertThat(intents).isEmpty();
  }

  @Test
  void aCertificateOfTheCoveringWildcardIsIssued() {
    answers("CheckFreeCertificateVerification.issued");
    Progress progress = (Progress) check(PLAN);
    assertThat(progress.phase()).isEqualTo(Phase.ISSUED);
    assertThat(progress.certificate().commonName()).isEqualTo("*.example.com");
    assertThat(progress.certificate().keyAlgorithm()).isEqualTo("RSA 2048");
    assertThat(progress.certificate().notAfter()).isEqualTo(Instant.parse("2027-02-19T07:06:57Z"));
  }

  @Test
  void aCertificateWhoseTimeIsOverHasExpired() {
    vendor.thenJson(
        200,
        resource("edgeone/CheckFreeCertificateVerification.issued.response.json")
            .replace("2027-02-19", "2026-02-19"));
    assertThat(((Progress) check(PLAN)).phase()).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void anAnswerAboutAnotherDomainIsNoSuccess() {
    vendor.thenJson(
        200,
        resource("edgeone/CheckFreeCertificateVerification.issued.response.json")
            .replace("*.example.com", "*.example.net"));
    assertThat(refusal(check(PLAN)).message()).contains("*.example.net", "www.example.com");
  }

  @Test
  void anEmptyAnswerIsNoSuccess() {
    for (int attempt = 0; attempt < 4; attempt++) {
      vendor.thenJson(200, "{\"Response\":{\"RequestId\":\"r\",\"CommonName\":\"\"}}");
    }
    assertThat(refusal(check(PLAN)).code()).isEqualTo("Transport.Malformed");
  }
}
