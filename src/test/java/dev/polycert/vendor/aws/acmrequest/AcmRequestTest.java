package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.sandbox.Pem;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The members of a request, and their results. */
class AcmRequestTest extends AcmFixture {

  @ParameterizedTest
  @CsvSource({"RSA_2048", "EC_P256", "EC_P384"})
  void theKeyIsAsAskedFor(KeyAlgorithm algorithm) {
    assertThat(issued(placed(bare().key(algorithm))).certificate().keyAlgorithm())
        .isEqualTo(algorithm.name());
    assertThat(provider.offer().keyAlgorithms()).contains(algorithm).hasSize(3);
  }

  @Test
  void tooManyNamesAreAQuota() {
    String names =
        IntStream.range(0, 10).mapToObj(i -> "n" + i + ".example.com").collect(joining(","));

    VendorError refused =
        refused(provider.place(of(planned(bare().option("alternativeNames", names))), context()));

    assertThat(refused.errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(refused.code()).isEqualTo("LimitExceededException");
  }

  @ParameterizedTest
  @CsvSource({
    "region,           mars-north-1",
    "region,           aws-global",
    "exportable,       yes",
    "exportable,       true",
    "acceptFee,        true",
    "alternativeNames, not a name!",
    "certificateArn,   12345678",
    "certificateArn,   arn:aws:acm:mars-north-1:123456789012:certificate/1"
  })
  void whatMakesNoSenseIsRefusedByItsName(String option, String value) {
    VendorError refused = refused(provider.prepare(of(bare().option(option, value)), context()));

    assertThat(refused.errorClass()).isEqualTo(ErrorClass.FINAL);
    String named = option.equals("exportable") && value.equals("true") ? "acceptFee" : option;
    assertThat(refused.code()).isEqualTo("Option." + named);
    assertThat(refused.message()).startsWith(named + ": ");
  }

  @Test
  void aDeliveryNeedsAnExportableCertificate() {
    Applications bare = bare();
    Applications delivered =
        bare.terms(
            bare.application().terms().withDeliver(List.of(new DeliveryTarget("file", Map.of()))));

    assertThat(refused(provider.prepare(of(delivered), context())).message())
        .startsWith("exportable: must be true to deliver");
    await(Preparation.Ready.class, provider.prepare(of(paid(delivered)), context()));
  }

  @Test
  void aRegionOfItsOwnIsTheOrdersForGood() {
    Applications elsewhere = planned(bare().option("region", "us-east-1"));
    Progress placed = value(provider.place(of(elsewhere), context()));

    assertThat(placed.reference().id("certificateArn")).startsWith("arn:aws:acm:us-east-1:");
    AcmProvider moved = provider("ap-south-1", Clock.systemUTC());
    assertThat(value(moved.find(of(elsewhere), context())).reference())
        .isEqualTo(placed.reference());
    assertThat(value(moved.look(of(elsewhere.reference(placed.reference())), context())).phase())
        .isIn(Phase.APPLYING, Phase.PENDING_VALIDATION);
  }

  @Test
  void withoutARegionItIsNotConfigured() {
    assertThat(provider("", Clock.systemUTC()).account().missing())
        .containsExactly("AWS_ACM_REGION");
    AcmProvider wrong = provider("mars-north-1", Clock.systemUTC());

    assertThat(wrong.account().missing()).containsExactly("AWS_ACM_REGION to an AWS region");
    assertThat(wrong.wrongSettings())
        .containsExactly(
            "AWS_ACM_REGION must be an AWS region such as us-east-1, not mars-north-1");
    assertThat(refused(wrong.list(null, context())).code()).isEqualTo("NotConfigured");
  }

  @Test
  void aCertificateOfSomebodyElseIsTakenOverByItsArn() {
    Application placed = placed(bare());
    String arn = placed.reference().id("certificateArn");

    assertThat(existing(bare().option("certificateArn", arn)).reference())
        .isEqualTo(placed.reference());
    assertThat(
            refused(
                    provider.prepare(
                        of(Applications.forDomain("else.com").option("certificateArn", arn)),
                        context()))
                .message())
        .contains(arn + " is not for else.com");
  }

  @ParameterizedTest
  @CsvSource({"RSA_2048", "EC_P384"})
  void anExportableCertificateGivesItsKeyOut(KeyAlgorithm algorithm) throws CertificateException {
    Application placed = placed(paid(bare()).key(algorithm));
    issued(placed);

    CertificateBundle bundle = value(provider.export(placed, true, context()));

    assertThat(bundle.privateKey().reveal()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(
            Pem.belongs(
                Pem.privateKey(bundle.privateKey().reveal()).orElseThrow(),
                Pem.certificate(bundle.certificate())))
        .isTrue();
    assertThat(bundle.chain()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(value(provider.export(placed, false, context())).privateKey()).isNull();
  }

  @Test
  void anyOtherKeepsIt() {
    Application placed = placed(bare());
    issued(placed);

    assertThat(refused(provider.export(placed, true, context())).code())
        .isEqualTo("PrivateKey.NotGiven");
    assertThat(value(provider.export(placed, false, context())).certificate())
        .startsWith("-----BEGIN CERTIFICATE-----");
  }
}
