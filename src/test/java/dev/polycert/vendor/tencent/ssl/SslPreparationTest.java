package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.application;
import static dev.polycert.vendor.tencent.TencentTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found out before anything is sent. */
@QuarkusTest
class SslPreparationTest extends SslSteps {
  private Object prepare(Application application) {
    return done(provider().prepare(application, TencentTesting.context(intents)));
  }

  @Test
  void findsNothingAndIsReady() throws IOException {
    answers("DescribeCertificates.none");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isEqualTo(new Preparation.Ready(Plan.of(Map.of())));
    assertSent(0, "DescribeCertificates", "DescribeCertificates.request.json");
    assertThat(intents).isEmpty();
  }

  @Test
  void isNotMisledByLookalikes() {
    answers("DescribeCertificates.lookalikes");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOf(Preparation.Ready.class);
  }

  @Test
  void readsAllPages() {
    String first = resource("ssl/DescribeCertificates.lookalikes.response.json");
    vendor.thenJson(200, first.replace("\"TotalCount\": 4", "\"TotalCount\": 5"));
    answers("DescribeCertificates.pending");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOfSatisfying(
            Preparation.Existing.class,
            found -> assertThat(found.progress().reference()).isEqualTo(REFERENCE));
    assertThat(vendor.seen().get(1).body()).contains("\"Offset\":100");
  }

  @Test
  void adoptsAnApplicationThatIsUnderWay() {
    answers("DescribeCertificates.pending");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of())))
        .isInstanceOfSatisfying(
            Preparation.Existing.class,
            found -> {
              assertThat(found.progress().phase()).isEqualTo(Phase.PENDING_VALIDATION);
              assertThat(found.progress().reference()).isEqualTo(REFERENCE);
              assertThat(found.progress().requestId()).isEqualTo("req-list-pending");
            });
  }

  @Test
  void takesOverANamedCertificate() {
    answers("DescribeCertificate.bought");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of("certificateId", "a9TsmZkL"))))
        .isInstanceOfSatisfying(
            Preparation.Existing.class,
            found -> {
              assertThat(found.progress().phase()).isEqualTo(Phase.PENDING_INFORMATION);
              assertThat(found.progress().vendorStatus()).isEqualTo("5 待提交资料");
              assertThat(found.progress().message())
                  .startsWith("missing: information.organization.name, ");
            });
  }

  @Test
  void saysBeforehandThatABoughtCertificateHasNoOtherKey() {
    answers("DescribeCertificate.bought");
    Terms elliptic =
        new Terms(
            ValidationMethod.DNS,
            KeyAlgorithm.EC_P256,
            Map.of("certificateId", "a9TsmZkL"),
            Information.none());
    DomainName www = DomainName.parse("www.example.com");
    assertThat(
            error(prepare(new Application(www, elliptic, Map.of(), null, List.of(), null, null)))
                .message())
        .contains("keyAlgorithm", "RSA_2048", "not EC_P256", "information.csr");
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
        .isEqualTo(new Preparation.Ready(Plan.of(Map.of("oldCertificateId", "endsSoon"))));
  }

  @Test
  void theCertificateToFollowIsLookedUpBeforehand() {
    answers("DescribeCertificate.endsSoon", "DescribeCertificates.lookalikes");
    assertThat(prepare(application(ValidationMethod.DNS, Map.of("oldCertificateId", "endsSoon"))))
        .isEqualTo(new Preparation.Ready(Plan.of(Map.of("oldCertificateId", "endsSoon"))));

    answers("DescribeCertificate.issued");
    assertThat(
            error(
                    prepare(
                        application(ValidationMethod.DNS, Map.of("oldCertificateId", "a9TsmZkL"))))
                .code())
        .isEqualTo("Option.oldCertificateId");
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
  void aBoughtCertificateThatIsGoneIsNotFollowedByAFreeOneOfFewerNames() {
    answersError("FailedOperation.CertificateNotFound");
    Application renewal =
        with(
            application(
                ValidationMethod.DNS,
                Map.of("certificateId", "a9TsmZkL", "alternativeNames", "b.example.com")),
            null,
            null,
            REFERENCE);
    assertThat(error(prepare(renewal)).code()).isEqualTo("Option.alternativeNames");
    assertThat(actions()).containsExactly("DescribeCertificate");
  }

  @Test
  void aRenewalOfACertificateThatIsGoneIsAnApplication() {
    answersError("FailedOperation.CertificateNotFound");
    answers("DescribeCertificates.none");
    Application renewal = with(application(ValidationMethod.DNS, Map.of()), null, null, REFERENCE);
    assertThat(prepare(renewal)).isEqualTo(new Preparation.Ready(Plan.of(Map.of())));
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
    Map.of(
            "packageType", "999",
            "validityPeriod", "-3",
            "contactEmail", "not an email",
            "contactPhone", "phone",
            "oldCertificateId", "../../x",
            "certificateId", "x",
            "alternativeNames", "a.example.com")
        .forEach(
            (option, value) ->
                assertThat(
                        error(prepare(application(ValidationMethod.DNS, Map.of(option, value))))
                            .code())
                    .isEqualTo("Option." + option));
    assertThat(
            error(
                    prepare(
                        application(
                            ValidationMethod.DNS,
                            Map.of("certificateId", "a9TsmZkL", "alias", "mine"))))
                .message())
        .startsWith("alias is for a free certificate");
    assertThat(vendor.seen()).isEmpty();
  }
}
