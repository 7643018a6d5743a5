package dev.polycert.vendor.aws.acm;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsDeliveries;
import dev.polycert.vendor.aws.AwsTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmAsyncClient;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;

/** Against a server that answers as the API reference shows, judged by AWS's own client. */
@QuarkusTest
class AcmDelivererTest {
  private static final String ARN = "arn:aws:acm:us-east-1:123456789012:certificate/12345678";
  private static final String OTHER = "arn:aws:acm:us-east-1:123456789012:certificate/87654321";
  private static final String NONE = "{\"CertificateSummaryList\":[]}";
  private static final String IMPORTED = "{\"CertificateArn\":\"" + ARN + "\"}";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer server = resources.add(new VendorServer());
  private final AcmDeliverer deliverer = AcmDeliverers.at(AwsTesting.services(server.uri(), vertx));
  private final AwsDeliveries deliveries =
      new AwsDeliveries(server, deliverer, Map.of("region", "us-east-1"));

  @Test
  void aFirstCertificateIsImported() {
    CertificateBundle export = issued("www.example.com");
    deliveries.answer(NONE);
    deliveries.answer(IMPORTED);

    assertThat(deliveries.delivered(export, null)).isEqualTo(ARN);

    assertThat(deliveries.operations()).containsExactly("ListCertificates", "ImportCertificate");
    assertThat(deliveries.intents()).containsExactly("ImportCertificate");
    assertThat(bytes("Certificate")).isEqualTo(export.certificate());
    assertThat(bytes("CertificateChain")).isEqualTo(export.chain());
    assertThat(bytes("PrivateKey")).isEqualTo(export.privateKey().reveal());
    assertThat(deliveries.body(1).has("CertificateArn")).isFalse();
  }

  private String bytes(String member) {
    return new String(Base64.getDecoder().decode(deliveries.body(1).path(member).asText()), UTF_8);
  }

  @Test
  void aRenewalTakesThePlaceUnderTheSameArn() {
    deliveries.answer(IMPORTED);

    assertThat(deliveries.delivered(issued("www.example.com"), ARN)).isEqualTo(ARN);

    assertThat(deliveries.operations()).containsExactly("ImportCertificate");
    assertThat(deliveries.body(0).path("CertificateArn").asText()).isEqualTo(ARN);
  }

  @Test
  void aRenewalLeavesWhatSomebodyElseImportedUnderTheArn() {
    deliveries.answer(shown(issued("www.example.com")));

    Answer<Stage> answer =
        deliveries.advance(issued("www.example.com"), ARN, issued("www.example.com"));

    VendorError error = ((Answer.Failed<Stage>) answer).failure().error();
    assertThat(error.code()).isEqualTo("Certificate.Replaced");
    assertThat(error.message()).contains(ARN);
    assertThat(deliverer.refusesForGood(error)).isTrue();
    assertThat(deliveries.operations()).containsExactly("GetCertificate");
  }

  @Test
  void aRenewalReplacesWhatWasImportedBefore() {
    CertificateBundle before = issued("www.example.com");
    deliveries.answer(shown(before));
    deliveries.answer(IMPORTED);

    assertThat(deliveries.advance(issued("www.example.com"), ARN, before))
        .isEqualTo(Answer.of(new Stage.Done(ARN)));
  }

  @Test
  void aReissueReplacesAnImportOfOursWhoseAnswerWasLost() {
    CertificateBundle before = issued("www.example.com");
    CertificateBundle lost = issued("www.example.com");
    deliveries.answer(shown(lost));
    deliveries.answer(IMPORTED);

    assertThat(deliveries.advance(issued("www.example.com"), ARN, before, List.of(lost)))
        .isEqualTo(Answer.of(new Stage.Done(ARN)));
  }

  @Test
  void aFirstImportWhoseAnswerWasLostIsReplacedByTheNextCertificate() {
    CertificateBundle lost = issued("www.example.com");
    CertificateBundle newer = issued("www.example.com");
    deliveries.answer(
        page(
            null,
            named(ARN + "-other", "IMPORTED", "other.example.com"),
            named(ARN + "-own", "AMAZON_ISSUED", "www.example.com"),
            named(OTHER, "IMPORTED", "www.example.com"),
            named(ARN, "IMPORTED", "www.example.com")));
    deliveries.answer(shown(issued("www.example.com")));
    deliveries.answer(shown(lost));
    deliveries.answer(IMPORTED);

    assertThat(deliveries.first(newer, List.of(lost, newer)))
        .isEqualTo(Answer.of(new Stage.Done(ARN)));

    assertThat(deliveries.operations())
        .containsExactly(
            "ListCertificates", "GetCertificate", "GetCertificate", "ImportCertificate");
    assertThat(deliveries.body(1).path("CertificateArn").asText()).isEqualTo(OTHER);
    assertThat(deliveries.body(3).path("CertificateArn").asText()).isEqualTo(ARN);
  }

  @Test
  void whatSomebodyDeletedIsImportedAnew() {
    deliveries.refuse(400, "ResourceNotFoundException", "Could not find certificate");
    deliveries.answer(NONE);
    deliveries.answer(IMPORTED);

    assertThat(deliveries.delivered(issued("www.example.com"), OTHER)).isEqualTo(ARN);
  }

  @Test
  void anImportWhoseAnswerWasLostIsFound() {
    CertificateBundle export = issued("www.example.com");
    deliveries.answer(NONE);
    server.thenCut();
    deliveries.deliver(export, null);
    deliveries.answer(page("next", listed(OTHER, "AMAZON_ISSUED", export)));
    deliveries.answer(
        page(null, listed(OTHER, "IMPORTED", export), listed(ARN, "IMPORTED", export)));
    deliveries.answer(shown(issued("www.example.com")));
    deliveries.answer(shown(export));

    assertThat(deliveries.delivered(export, null)).isEqualTo(ARN);

    assertThat(deliveries.operations())
        .containsExactly(
            "ListCertificates",
            "ImportCertificate",
            "ListCertificates",
            "ListCertificates",
            "GetCertificate",
            "GetCertificate");
    assertThat(deliveries.body(3).path("NextToken").asText()).isEqualTo("next");
  }

  private static String page(String next, String... items) {
    return "{\"CertificateSummaryList\":[%s]%s}"
        .formatted(String.join(",", items), next == null ? "" : ",\"NextToken\":\"" + next + "\"");
  }

  private static String listed(String arn, String type, CertificateBundle export) {
    long end =
        Pem.certificate(export.certificate())
            .orElseThrow()
            .getNotAfter()
            .toInstant()
            .getEpochSecond();
    return "{\"CertificateArn\":\"%s\",\"Type\":\"%s\",\"NotAfter\":%d.0}"
        .formatted(arn, type, end);
  }

  /** One that ended long ago. */
  private static String named(String arn, String type, String name) {
    return """
    {"CertificateArn":"%s","Type":"%s","NotAfter":1.0,
    "DomainName":"example.com","SubjectAlternativeNameSummaries":["%s"]}\
    """
        .formatted(arn, type, name);
  }

  private static String shown(CertificateBundle export) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Certificate", export.certificate())
        .put("CertificateChain", export.chain())
        .toString();
  }

  @Test
  void aCertificateOfAnotherKindIsRefusedForGood() {
    CertificateBundle there = issued("www.example.com");
    deliveries.refuse(400, "ValidationException", "not supported");
    deliveries.answer(shown(issued("www.example.com", KeyKind.RSA_2048)));

    VendorError error = deliveries.refused(there, ARN);

    assertThat(deliverer.refusesForGood(error)).isTrue();
    assertThat(error.message()).contains("has a key of", "not supported", ARN);
  }

  @Test
  void anotherRefusalMayPass() {
    CertificateBundle there = issued("www.example.com");
    deliveries.refuse(400, "ValidationException", "not now");
    deliveries.answer(shown(there));

    VendorError error = deliveries.refused(there, ARN);

    assertThat(error.code()).isEqualTo("ValidationException");
    assertThat(deliverer.refusesForGood(error)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, CREDENTIALS",
    "LimitExceededException, QUOTA",
    "InvalidArnException, FINAL",
    "ValidationException, FINAL"
  })
  void errorsMeanWhatTheyMean(String type, ErrorClass errorClass) {
    deliveries.refuse(400, type, "no");

    assertThat(deliveries.refused(issued("www.example.com"), ARN).errorClass())
        .isEqualTo(errorClass);
  }

  @Test
  void aCertificateThatCannotBeReadIsRefusedHere() {
    assertThat(
            deliveries
                .refused(
                    new CertificateBundle("nothing", "", issued("a.example").privateKey()), null)
                .code())
        .isEqualTo("Certificate.Unreadable");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void awsOwnClientSaysTheSame() {
    CertificateBundle export = issued("www.example.com");
    try (AcmAsyncClient sdk = sdk()) {
      deliveries.answer(IMPORTED);
      deliveries.delivered(export, ARN);
      server.thenJson(200, IMPORTED);
      sdk.importCertificate(
              request ->
                  request
                      .certificate(SdkBytes.fromUtf8String(export.certificate()))
                      .certificateChain(SdkBytes.fromUtf8String(export.chain()))
                      .privateKey(SdkBytes.fromUtf8String(export.privateKey().reveal()))
                      .certificateArn(ARN))
          .join();
      deliveries.assertSame("acm", "us-east-1");
      assertLooksAsTheSdk(export, sdk);
    }
  }

  /** A refusal ends ours with the look, so that it is the last request but the SDK's. */
  private void assertLooksAsTheSdk(CertificateBundle export, AcmAsyncClient sdk) {
    deliveries.refuse(400, "AccessDeniedException", "no");
    deliveries.refused(export, null);
    server.thenJson(200, NONE);
    sdk.listCertificates(
            request ->
                request
                    .maxItems(1000)
                    .includes(
                        filters ->
                            filters.keyTypes(
                                KeyAlgorithm.RSA_1024,
                                KeyAlgorithm.RSA_2048,
                                KeyAlgorithm.RSA_3072,
                                KeyAlgorithm.RSA_4096,
                                KeyAlgorithm.EC_PRIME256_V1,
                                KeyAlgorithm.EC_SECP384_R1,
                                KeyAlgorithm.EC_SECP521_R1)))
        .join();
    deliveries.assertSame("acm", "us-east-1");

    deliveries.answer(page(null, listed(ARN, "IMPORTED", export)));
    deliveries.answer(shown(export));
    deliveries.delivered(export, null);
    server.thenJson(200, shown(export));
    sdk.getCertificate(request -> request.certificateArn(ARN)).join();
    deliveries.assertSame("acm", "us-east-1");
  }

  private AcmAsyncClient sdk() {
    return AcmAsyncClient.builder()
        .endpointOverride(server.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(AwsTesting.credentials())
        .build();
  }
}
