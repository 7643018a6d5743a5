package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.polycert.provider.CertificateBundle;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.sandbox.aws.AcmEmulator;
import dev.polycert.testing.Resources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmAsyncClient;
import software.amazon.awssdk.services.acm.model.AcmException;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateExport;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.FailureReason;
import software.amazon.awssdk.services.acm.model.ImportCertificateResponse;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.RenewalEligibility;
import software.amazon.awssdk.services.acm.model.RenewalStatus;
import software.amazon.awssdk.services.acm.model.ResourceRecord;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

/** AWS's own client calls the operations of the emulated ACM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(
          Map.of("AWS_ACCESS_KEY_ID", Capture.KEY_ID, "AWS_SECRET_ACCESS_KEY", Capture.SECRET),
          AcmEmulator::new);

  private static final String DOMAIN = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private AcmAsyncClient sdk;

  @BeforeAll
  void connect() {
    sdk = resources.add(client(Capture.SECRET, Region.EU_WEST_1));
  }

  @BeforeEach
  void withoutLimits() {
    SANDBOX.control("PUT", "settings", "{\"limits\":false}");
  }

  private static AcmAsyncClient client(String secret, Region region) {
    return AcmAsyncClient.builder()
        .endpointOverride(URI.create(SANDBOX.uri("/").toString()))
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(Capture.KEY_ID, secret)))
        .overrideConfiguration(config -> config.retryStrategy(RetryMode.LEGACY))
        .build();
  }

  @Test
  void aCertificateIsIssuedWhenItsRecordIsPublished() {
    String arn = request("one", true);
    assertThat(describe(arn).domainValidationOptions().getFirst().resourceRecord())
        .as("ACM makes the record a moment later")
        .isNull();
    CertificateDetail waiting = describe(arn);
    assertThat(waiting.status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
    ResourceRecord record = waiting.domainValidationOptions().getFirst().resourceRecord();
    assertThat(code(() -> sdk.getCertificate(it -> it.certificateArn(arn))))
        .isEqualTo("RequestInProgressException");

    publish(record);

    CertificateDetail issued = describe(arn);
    assertThat(issued.status()).isEqualTo(CertificateStatus.ISSUED);
    assertThat(issued.notAfter()).isAfter(issued.notBefore());
    assertThat(join(sdk.getCertificate(it -> it.certificateArn(arn))).certificate())
        .startsWith("-----BEGIN CERTIFICATE-----");
    SdkBytes passphrase = SdkBytes.fromUtf8String("not-a-secret");
    assertThat(
            join(sdk.exportCertificate(it -> it.certificateArn(arn).passphrase(passphrase)))
                .privateKey())
        .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
  }

  private static void publish(ResourceRecord record) {
    SANDBOX.control("PUT", "dns", dns(record));
  }

  private static String dns(ResourceRecord record) {
    return "{\"name\":\"%s\",\"type\":\"CNAME\",\"value\":\"%s\"}"
        .formatted(withoutDot(record.name()), withoutDot(record.value()));
  }

  private static String withoutDot(String name) {
    return name.replaceFirst("\\.$", "");
  }

  @Test
  void aTokenMakesOneCertificateForAnHour() {
    String arn = request("one", false);

    assertThat(request("one", false)).isEqualTo(arn);
    assertThat(request("two", false)).isNotEqualTo(arn);
    SANDBOX.control("POST", "clock", "{\"advance\":\"%s\"}".formatted(Duration.ofMinutes(61)));
    assertThat(request("one", false)).isNotEqualTo(arn);
    assertThat(join(sdk.listCertificates(it -> it.maxItems(2))).nextToken()).isNotBlank();
  }

  @Test
  void tagsAreKeptWithTheCertificate() {
    Tag order = Tag.builder().key("polycert-order").value("ord_1").build();
    Tag team = Tag.builder().key("team").value("web").build();
    String arn =
        join(sdk.requestCertificate(
                it -> it.domainName(DOMAIN).validationMethod("DNS").tags(order)))
            .certificateArn();

    join(sdk.addTagsToCertificate(it -> it.certificateArn(arn).tags(team)));
    assertThat(tags(arn)).containsExactly(order, team);
    join(sdk.removeTagsFromCertificate(it -> it.certificateArn(arn).tags(order)));
    assertThat(tags(arn)).containsExactly(team);
    assertThat(
            code(
                () ->
                    sdk.requestCertificate(
                        it -> it.domainName(DOMAIN).tags(tag -> tag.key("aws:x").value("y")))))
        .isEqualTo("InvalidTagException");
  }

  private List<Tag> tags(String arn) {
    return join(sdk.listTagsForCertificate(it -> it.certificateArn(arn))).tags();
  }

  @Test
  void listsShowWhatWasRequested() {
    String arn =
        join(sdk.requestCertificate(
                it ->
                    it.domainName(DOMAIN)
                        .subjectAlternativeNames("*.example.com")
                        .keyAlgorithm(KeyAlgorithm.EC_SECP384_R1)
                        .validationMethod(ValidationMethod.EMAIL)))
            .certificateArn();

    CertificateSummary listed =
        join(sdk.listCertificates(
                it -> it.includes(those -> those.keyTypes(KeyAlgorithm.EC_SECP384_R1))))
            .certificateSummaryList()
            .getFirst();
    assertThat(listed.certificateArn()).isEqualTo(arn);
    assertThat(listed.subjectAlternativeNameSummaries()).containsExactly(DOMAIN, "*.example.com");
    assertThat(listed.exportOption()).isEqualTo(CertificateExport.DISABLED);
    assertThat(listed.statusAsString()).isEqualTo("PENDING_VALIDATION");
    describe(arn);
    assertThat(describe(arn).domainValidationOptions())
        .allMatch(option -> option.resourceRecord() == null);
  }

  @Test
  void whatIsInUseIsRenewedUnderItsArnOnceItsRecordIsThere() {
    String arn = request("one", false);
    describe(arn);
    ResourceRecord record = describe(arn).domainValidationOptions().getFirst().resourceRecord();
    publish(record);
    CertificateDetail first = describe(arn);
    assertThat(first.renewalEligibility()).isEqualTo(RenewalEligibility.INELIGIBLE);
    SANDBOX.control(
        "POST", "aws-acm/use", "{\"arn\":\"%s\",\"by\":\"arn:aws:elb:x\"}".formatted(arn));
    SANDBOX.control("DELETE", "dns", dns(record));
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT3600H\"}");

    assertThat(describe(arn).renewalSummary().renewalStatus())
        .isEqualTo(RenewalStatus.PENDING_VALIDATION);
    publish(record);
    CertificateDetail renewed = describe(arn);
    assertThat(renewed.renewalSummary().renewalStatus()).isEqualTo(RenewalStatus.SUCCESS);
    assertThat(renewed.notAfter()).isAfter(first.notAfter());
    assertThat(renewed.serial()).isNotEqualTo(first.serial());
  }

  @Test
  void itFailsAndIsRevokedAsTheSandboxIsTold() {
    String failed = request("one", false);
    SANDBOX.control(
        "POST",
        "aws-acm/fail",
        "{\"domain\":\"%s\",\"reason\":\"DOMAIN_NOT_ALLOWED\"}".formatted(DOMAIN));
    assertThat(describe(failed).failureReason()).isEqualTo(FailureReason.DOMAIN_NOT_ALLOWED);

    String revoked = request("two", false);
    SANDBOX.control("POST", "aws-acm/revoke", "{\"arn\":\"%s\"}".formatted(revoked));
    assertThat(describe(revoked).status()).isEqualTo(CertificateStatus.REVOKED);
  }

  @Test
  void whatIsNotValidatedTimesOut() {
    String arn = request("one", false);
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT73H\"}");

    assertThat(describe(arn).status()).isEqualTo(CertificateStatus.VALIDATION_TIMED_OUT);
  }

  @Test
  void anImportKeepsItsArnAndItsKindOfKey() {
    CertificateBundle first = issued(DOMAIN);
    String arn = join(imported(first, null)).certificateArn();

    assertThat(join(imported(issued(DOMAIN), arn)).certificateArn()).isEqualTo(arn);
    assertThat(code(() -> imported(issued(DOMAIN, KeyKind.RSA_2048), arn)))
        .isEqualTo("ValidationException");
    assertThat(join(sdk.listCertificates()).certificateSummaryList())
        .as("keys of elliptic curves are not listed unasked")
        .isEmpty();
    assertThat(code(() -> export(arn))).isEqualTo("ValidationException");
  }

  private CompletableFuture<ImportCertificateResponse> imported(
      CertificateBundle bundle, String arn) {
    return sdk.importCertificate(
        it ->
            it.certificate(SdkBytes.fromUtf8String(bundle.certificate()))
                .certificateChain(SdkBytes.fromUtf8String(bundle.chain()))
                .privateKey(SdkBytes.fromUtf8String(bundle.privateKey().reveal()))
                .certificateArn(arn));
  }

  private CompletableFuture<?> export(String arn) {
    return sdk.exportCertificate(
        it -> it.certificateArn(arn).passphrase(SdkBytes.fromUtf8String("not-a-secret")));
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    String used = request("one", false);
    String unused = request("two", false);
    SANDBOX.control(
        "POST", "aws-acm/use", "{\"arn\":\"%s\",\"by\":\"arn:aws:elb:x\"}".formatted(used));

    assertThat(describe(used).inUseBy()).containsExactly("arn:aws:elb:x");
    assertThat(code(() -> sdk.deleteCertificate(it -> it.certificateArn(used))))
        .isEqualTo("ResourceInUseException");
    join(sdk.deleteCertificate(it -> it.certificateArn(unused)));
    assertThat(code(() -> sdk.describeCertificate(it -> it.certificateArn(unused))))
        .isEqualTo("ResourceNotFoundException");
  }

  @Test
  void awssClientIsRefusedWhatAwsRefuses() {
    assertThat(code(() -> sdk.describeCertificate(it -> it.certificateArn("arn:x"))))
        .isEqualTo("InvalidArnException");
    assertThat(code(() -> sdk.requestCertificate(it -> it.domainName("no name"))))
        .isEqualTo("ValidationException");
    try (AcmAsyncClient stranger = client("not-the-secret", Region.EU_WEST_1)) {
      assertThat(code(stranger::listCertificates)).isEqualTo("InvalidSignatureException");
    }
    String arn = request("one", false);
    try (AcmAsyncClient elsewhere = client(Capture.SECRET, Region.US_EAST_1)) {
      assertThat(code(() -> elsewhere.describeCertificate(it -> it.certificateArn(arn))))
          .isEqualTo("ResourceNotFoundException");
    }
  }

  /** AWS's client signs by the vendor's clock then, which it reads from the refusal. */
  @Test
  void aStaleSignatureIsRefused() {
    SANDBOX.clocksAhead(Duration.ofMinutes(6));

    join(sdk.listCertificates());

    assertThat(SANDBOX.control("GET", "calls", "").encode()).contains("\"ListCertificates\":2");
  }

  private String request(String token, boolean exportable) {
    return join(sdk.requestCertificate(
            it ->
                it.domainName(DOMAIN)
                    .validationMethod(ValidationMethod.DNS)
                    .idempotencyToken(token)
                    .options(
                        options ->
                            options.export(
                                exportable
                                    ? CertificateExport.ENABLED
                                    : CertificateExport.DISABLED))))
        .certificateArn();
  }

  private CertificateDetail describe(String arn) {
    return join(sdk.describeCertificate(it -> it.certificateArn(arn))).certificate();
  }

  private static <T> T join(CompletableFuture<T> call) {
    return call.join();
  }

  private static String code(Callable<CompletableFuture<?>> call) {
    Throwable failure = catchThrowable(() -> call.call().join());
    assertThat(failure).hasCauseInstanceOf(AcmException.class);
    return ((AcmException) failure.getCause()).awsErrorDetails().errorCode();
  }
}
