package dev.polycert.vendor.aws.secretsmanager;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsDeliveries;
import dev.polycert.vendor.aws.AwsTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;

/** Against a server that answers as the API reference shows, judged by AWS's own client. */
@QuarkusTest
class SecretsManagerDelivererTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:tls/www-a1b2c3";
  private static final String STORED =
      "{\"ARN\":\"" + ARN + "\",\"Name\":\"tls/www\",\"VersionId\":\"v\"}";

  private static final String OURS = "a".repeat(64);
  private static final String THEIRS = "6f1c3a52-7c1e-4f0e-9b55-2f6b7a1d0c11";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer server = resources.add(new VendorServer());
  private final SecretsManagerDeliverer deliverer =
      new SecretsManagerDeliverer(AwsTesting.services(server.uri(), vertx));
  private final AwsDeliveries deliveries =
      new AwsDeliveries(server, deliverer, Map.of("secretName", "tls/www", "region", "eu-west-1"));

  /** The secret as it is there. */
  private void described(String current) {
    replacedBy(current, "0".repeat(32));
  }

  @Test
  void aCertificateBecomesTheCurrentVersion() {
    CertificateBundle export = issued("www.example.com");
    described(OURS);
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(export, null)).isEqualTo(ARN);

    assertThat(deliveries.operations()).containsExactly("DescribeSecret", "PutSecretValue");
    assertThat(deliveries.intents()).containsExactly("PutSecretValue");
    assertThat(deliveries.body(1).path("SecretId").asText()).isEqualTo("tls/www");
    JsonNode secret = AwsDeliveries.json(deliveries.body(1).path("SecretString").asText());
    assertThat(secret.path("certificate").asText()).isEqualTo(export.certificate());
    assertThat(secret.path("chain").asText()).isEqualTo(export.chain());
    assertThat(secret.path("privateKey").asText()).isEqualTo(export.privateKey().reveal());
  }

  @Test
  void aSecretThatIsNotThereIsMade() {
    deliveries.refuse(400, "ResourceNotFoundException", "can't find the specified secret");
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(issued("www.example.com"), null)).isEqualTo(ARN);

    assertThat(deliveries.operations()).containsExactly("DescribeSecret", "CreateSecret");
    assertThat(deliveries.body(1).path("Name").asText()).isEqualTo("tls/www");
  }

  @Test
  void aRepetitionIsTheSameRequestAndARenewalAnother() {
    CertificateBundle export = issued("www.example.com");
    described(OURS);
    server.thenCut();
    assertThat(((Answer.Failed<String>) deliveries.deliver(export, null)).failure())
        .isInstanceOf(Failure.Unclear.class);
    described(OURS);
    deliveries.answer(STORED);
    deliveries.delivered(export, null);
    described(token(3));
    deliveries.answer(STORED);
    deliveries.delivered(issued("www.example.com"), ARN);

    assertThat(deliveries.body(3)).isEqualTo(deliveries.body(1));
    assertThat(token(5)).isNotEqualTo(token(1)).hasSize(64);
  }

  @Test
  void whatIsThereAlreadyIsNotStoredAgain() {
    CertificateBundle export = issued("www.example.com");
    described(OURS);
    deliveries.answer(STORED);
    deliveries.delivered(export, null);
    described(token(1));

    assertThat(deliveries.delivered(export, null)).isEqualTo(ARN);

    assertThat(deliveries.intents()).containsExactly("PutSecretValue");
  }

  @Test
  void aValueThatSomethingElseStoredIsReplacedOnRequestAlone() {
    described(THEIRS);

    VendorError error = deliveries.refused(issued("www.example.com"), ARN);

    assertThat(error.code()).isEqualTo("Secret.Foreign");
    assertThat(error.message()).contains("tls/www", "force");
    assertThat(deliverer.refusesForGood(error)).isTrue();
    assertThat(deliveries.intents()).isEmpty();

    described(THEIRS);
    deliveries.answer(STORED);
    AwsDeliveries forced =
        new AwsDeliveries(
            server,
            deliverer,
            Map.of("secretName", "tls/www", "region", "eu-west-1", "force", "true"));
    assertThat(forced.delivered(issued("www.example.com"), ARN)).isEqualTo(ARN);
  }

  @Test
  void aVersionOfOursThatIsNotCurrentBecomesCurrentAgain() {
    CertificateBundle export = issued("www.example.com");
    described(OURS);
    deliveries.answer(STORED);
    deliveries.delivered(export, null);
    String ours = token(1);
    replacedBy(THEIRS, ours);

    assertThat(deliveries.refused(export, ARN).code()).isEqualTo("Secret.Foreign");
    assertThat(deliveries.intents()).containsExactly("PutSecretValue");

    AwsDeliveries forced =
        new AwsDeliveries(
            server,
            deliverer,
            Map.of("secretName", "tls/www", "region", "eu-west-1", "force", "true"));
    replacedBy(THEIRS, ours);
    deliveries.answer("{\"ARN\":\"" + ARN + "\",\"Name\":\"tls/www\"}");

    assertThat(forced.delivered(export, ARN)).isEqualTo(ARN);

    assertThat(forced.intents()).containsExactly("UpdateSecretVersionStage");
    assertMoved(4, ours, THEIRS);
    try (SecretsManagerAsyncClient sdk = sdk()) {
      server.thenJson(200, STORED);
      sdk.updateSecretVersionStage(
              update ->
                  update
                      .secretId("tls/www")
                      .versionStage("AWSCURRENT")
                      .moveToVersionId(ours)
                      .removeFromVersionId(THEIRS))
          .join();
      deliveries.assertSame("secretsmanager", "eu-west-1");
    }
  }

  @Test
  void aVersionThatPutSecretValueIgnoresBecomesCurrentAgain() {
    described(OURS);
    deliveries.answer("{\"ARN\":\"%s\",\"VersionId\":\"v\",\"VersionStages\":[]}".formatted(ARN));
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(issued("www.example.com"), ARN)).isEqualTo(ARN);

    assertThat(deliveries.operations())
        .containsExactly("DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage");
    assertMoved(2, token(1), OURS);
  }

  @Test
  void aPendingVersionOfSomethingElseKeepsNothingOut() {
    deliveries.answer(
        "{\"ARN\":\"%s\",\"VersionIdsToStages\":{\"%s\":[\"AWSPENDING\"],\"%s\":[\"AWSCURRENT\"]}}"
            .formatted(ARN, THEIRS, OURS));
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(issued("www.example.com"), ARN)).isEqualTo(ARN);
    assertThat(deliveries.intents()).containsExactly("PutSecretValue");
  }

  /** The secret after something else has stored a value there. */
  private void replacedBy(String current, String before) {
    deliveries.answer(
        "{\"ARN\":\"%s\",\"VersionIdsToStages\":{\"%s\":[\"AWSPREVIOUS\"],\"%s\":[\"AWSCURRENT\"]}}"
            .formatted(ARN, before, current));
  }

  private void assertMoved(int index, String to, String from) {
    JsonNode body = deliveries.body(index);
    assertThat(body.path("VersionStage").asText()).isEqualTo("AWSCURRENT");
    assertThat(body.path("MoveToVersionId").asText()).isEqualTo(to);
    assertThat(body.path("RemoveFromVersionId").asText()).isEqualTo(from);
  }

  @Test
  void aSecretWithoutAValueGetsOne() {
    deliveries.answer("{\"ARN\":\"" + ARN + "\"}");
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(issued("www.example.com"), null)).isEqualTo(ARN);
  }

  private String token(int index) {
    return deliveries.body(index).path("ClientRequestToken").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, 400, CREDENTIALS",
    "com.amazonaws.secretsmanager.v20171017#LimitExceededException, 400, QUOTA",
    "InvalidRequestException, 400, FINAL",
    "ExpiredTokenException, 400, CREDENTIALS",
    "InvalidSignatureException, 400, CREDENTIALS"
  })
  void errorsMeanWhatTheyMean(String type, int status, ErrorClass errorClass) {
    deliveries.refuse(status, type, "no");

    var error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.code()).isEqualTo(type.replaceFirst(".*#", ""));
  }

  @Test
  void throttlingIsWaitedFor() {
    described(OURS);
    deliveries.refuse(400, "ThrottlingException", "Rate exceeded");
    deliveries.answer(STORED);

    assertThat(deliveries.delivered(issued("www.example.com"), null)).isEqualTo(ARN);
  }

  @Test
  void optionsAreCheckedBeforehand() {
    assertThat(deliverer.wrong(Map.of())).containsOnlyKeys("secretName", "region");
    assertThat(deliverer.wrong(Map.of("secretName", "a b", "region", "evil.example.com/")))
        .containsOnlyKeys("secretName", "region");
    assertThat(deliverer.wrong(Map.of("secretName", "tls/www", "region", "eu-west-1"))).isEmpty();
    assertThat(
            deliverer.wrong(Map.of("secretName", "tls/www", "region", "eu-west-1", "force", "yes")))
        .containsOnlyKeys("force");
  }

  @Test
  void awsOwnClientSaysTheSame() {
    try (SecretsManagerAsyncClient sdk = sdk()) {
      deliveries.refuse(400, "AccessDeniedException", "no");
      deliveries.refused(issued("www.example.com"), null);
      server.thenJson(200, STORED);
      sdk.describeSecret(describe -> describe.secretId("tls/www")).join();
      deliveries.assertSame("secretsmanager", "eu-west-1");

      described(OURS);
      deliveries.answer(STORED);
      deliveries.delivered(issued("www.example.com"), null);
      JsonNode ours = deliveries.body(3);
      server.thenJson(200, STORED);
      assertThat(
              sdk.putSecretValue(
                      put ->
                          put.secretId("tls/www")
                              .clientRequestToken(ours.path("ClientRequestToken").asText())
                              .secretString(ours.path("SecretString").asText()))
                  .join()
                  .arn())
          .isEqualTo(ARN);
      deliveries.assertSame("secretsmanager", "eu-west-1");

      deliveries.refuse(400, "ResourceNotFoundException", "no");
      deliveries.answer(STORED);
      deliveries.delivered(issued("www.example.com"), null);
      JsonNode created = deliveries.body(6);
      server.thenJson(200, STORED);
      sdk.createSecret(
              create ->
                  create
                      .name("tls/www")
                      .clientRequestToken(created.path("ClientRequestToken").asText())
                      .secretString(created.path("SecretString").asText()))
          .join();
      deliveries.assertSame("secretsmanager", "eu-west-1");
    }
  }

  private SecretsManagerAsyncClient sdk() {
    return SecretsManagerAsyncClient.builder()
        .endpointOverride(server.uri())
        .region(Region.EU_WEST_1)
        .credentialsProvider(AwsTesting.credentials())
        .build();
  }
}
