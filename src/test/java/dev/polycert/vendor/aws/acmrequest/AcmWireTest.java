package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsDeliveries;
import dev.polycert.vendor.aws.AwsTesting;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmAsyncClient;
import software.amazon.awssdk.services.acm.model.CertificateExport;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;

/** Answers as the API reference shows them, and requests as AWS's own client sends them. */
class AcmWireTest {
  private static final String ARN =
      "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

  /** Those of a read, as they are configured by default. */
  private static final int ATTEMPTS = 4;

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer server = resources.add(new VendorServer());
  private final SmallRyeConfig config = HttpTesting.config(Map.of("AWS_ACM_REGION", "us-east-1"));
  private final AcmProvider provider =
      new AcmProvider(
          AwsTesting.directServices(server.uri(), resources.vertx()),
          config.getConfigMapping(ProviderConfig.class),
          config,
          Clock.systemUTC(),
          new Random(1));

  private final Application placed =
      Applications.forDomain("www.example.com")
          .reference(Reference.of("certificateArn", ARN))
          .application()
          .of("ord_1");

  private void answer(String file) throws IOException {
    server.thenJson(200, Files.readString(Path.of("src/test/resources/acm/" + file), UTF_8));
  }

  @Test
  void awssOwnClientRequestsTheSame() throws IOException {
    Application wanted =
        Applications.forDomain("www.example.com")
            .key(KeyAlgorithm.EC_P256)
            .option("alternativeNames", "*.example.com")
            .option("exportable", "true")
            .option("acceptFee", "true")
            .application()
            .of("ord_1");
    answer("RequestCertificate.json");
    assertThat(value(provider.place(wanted, context())).reference().id("certificateArn"))
        .isEqualTo(ARN);
    String token =
        AwsDeliveries.json(server.seen().getFirst().body()).get("IdempotencyToken").asText();
    assertThat(token).matches("\\w{32}");
    answer("RequestCertificate.json");
    try (AcmAsyncClient sdk =
        AcmAsyncClient.builder()
            .endpointOverride(server.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(AwsTesting.credentials())
            .build()) {
      sdk.requestCertificate(
              request ->
                  request
                      .domainName("www.example.com")
                      .subjectAlternativeNames("*.example.com")
                      .validationMethod(ValidationMethod.DNS)
                      .idempotencyToken(token)
                      .keyAlgorithm("EC_prime256v1")
                      .options(options -> options.export(CertificateExport.ENABLED))
                      .tags(Tag.builder().key("polycert-order").value("ord_1").build()))
          .join();
    }

    new AwsDeliveries(server, null, Map.of()).assertSame("acm", "us-east-1");
  }

  @Test
  void whatIsToBePublishedIsRead() throws IOException {
    answer("DescribeCertificate.pending.json");

    Progress waiting = value(provider.check(placed, context()));

    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(waiting.validations())
        .containsExactly(
            Validation.dns(
                "www.example.com",
                "_a79865eb4cd1a6ab990a45779b4e0b96.www.example.com",
                "CNAME",
                "_424c7224e9b0146f9a8808af955727d0.acm-validations.aws"),
            Validation.dns(
                "example.com",
                "_b79865eb4cd1a6ab990a45779b4e0b96.example.com",
                "CNAME",
                "_524c7224e9b0146f9a8808af955727d0.acm-validations.aws"));
    assertThat(waiting.message()).isEqualTo("ACM has not seen the record of www.example.com yet");
    assertThat(waiting.until()).isEqualTo(Instant.parse("2025-11-24T12:00:00.481Z"));
  }

  @Test
  void aRenewalThatFailedIsReportedWithItsReason() throws IOException {
    answer("DescribeCertificate.renewing.json");
    answer("DescribeCertificate.renewing.json");

    VendorError trouble = await(Failure.Refused.class, provider.check(placed, context())).error();
    Progress seen = value(provider.look(placed, context()));

    assertThat(trouble.errorClass()).isEqualTo(ErrorClass.NEEDS_USER);
    assertThat(trouble.code()).isEqualTo("Renewal.FAILED");
    assertThat(trouble.message()).startsWith("ACM has failed to renew it: a CAA record keeps");
    assertThat(seen.phase()).isEqualTo(Phase.ISSUED);
    assertThat(seen.certificate().keyAlgorithm()).isEqualTo("EC_P256");
    assertThat(seen.certificate().notAfter()).isEqualTo(Instant.parse("2026-02-10T23:59:59Z"));
  }

  @Test
  void anAnswerAboutAnotherCertificateIsNone() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      answer("DescribeCertificate.pending.json");
    }
    Application other =
        Applications.forDomain("www.example.com")
            .reference(Reference.of("certificateArn", ARN.replace("/1", "/2")))
            .application();

    assertThat(await(Failure.Refused.class, provider.check(other, context())).error().code())
        .isEqualTo("Answer.Incomplete");
  }
}
