package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.DOMAIN;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The information of bought certificates. */
@QuarkusTest
class SslInformationTest extends SslSteps {

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
            "information.administrator.position");
    Information emptyContact =
        new Information(
            null, null, new Information.Person(null, null, null, null, null, null), null, null);
    assertThat(provider().missingInformation(waiting(complete().merge(emptyContact)))).isEmpty();
    assertThat(provider().missingInformation(waiting(emptyContact)))
        .contains(
            "information.contact.firstName",
            "information.contact.lastName",
            "information.contact.phone",
            "information.contact.email",
            "information.contact.position");
    assertThat(provider().missingInformation(waiting(complete()))).isEmpty();
  }

  private Object submit(Information information) {
    return done(provider().submit(waiting(information), TencentTesting.context(intents)));
  }

  @Test
  void submitsAndCommitsWithTwoWrites() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    assertThat(submit(complete()))
        .isEqualTo(
            new Progress(Phase.APPLYING, REFERENCE, List.of(), null, "0", null, "req-commit"));
    assertSent(0, "SubmitCertificateInformation", "SubmitCertificateInformation.request.json");
    assertSent(1, "CommitCertificateInformation", "CommitCertificateInformation.request.json");
    assertThat(intents)
        .containsExactly("SubmitCertificateInformation", "CommitCertificateInformation");
  }

  @Test
  void theAdministratorIsTheContactWhereNoneIsGiven() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    submit(
        new Information(
            complete().organization(),
            new Information.Person(
                "Wei Hua", null, null, "12345678901", "admin@example.com", "developer"),
            null,
            null,
            null));
    JsonNode body = JSON.readTree(vendor.seen().getFirst().body());
    for (String who : List.of("Admin", "Contact")) {
      assertThat(body.path(who + "FirstName").asText()).isEqualTo("Wei");
      assertThat(body.path(who + "LastName").asText()).isEqualTo("Hua");
      assertThat(body.path(who + "Email").asText()).isEqualTo("admin@example.com");
    }
    assertThat(body.path("ContactNumber").asText()).isEqualTo("12345678901");
  }

  @Test
  void sendsTheFurtherNames() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    Terms terms =
        new Terms(
            ValidationMethod.DNS,
            KeyAlgorithm.RSA_2048,
            Map.of("alternativeNames", "a.example.com, b.example.com"),
            complete());
    done(
        provider()
            .submit(
                new Application(DOMAIN, terms, Map.of(), REFERENCE, List.of(), null, null),
                TencentTesting.context(intents)));
    assertThat(JSON.readTree(vendor.seen().getFirst().body()).path("DomainList").toString())
        .isEqualTo("[\"a.example.com\",\"b.example.com\"]");
  }

  @Test
  void sendsAnInformationUse() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    submit(complete().merge(new Information(null, null, null, "-----BEGIN CSR", null)));
    JsonNode body = JSON.readTree(vendor.seen().getFirst().body());
    assertThat(body.path("CsrType").asText()).isEqualTo("parse");
    assertThat(body.path("CsrContent").asText()).isEqualTo("-----BEGIN CSR");
  }

  @Test
  void sendsThePasswordOfTheKeyFiles() throws IOException {
    answers("SubmitCertificateInformation", "CommitCertificateInformation");
    submit(complete().merge(withPassword("s3cret-pw")));
    JsonNode body = JSON.readTree(vendor.seen().getFirst().body());
    assertThat(body.path("KeyPassword").asText()).isEqualTo("s3cret-pw");
    assertThat(vendor.seen().getLast().body()).doesNotContain("s3cret-pw");
  }

  @Test
  void informationThatWasTakenBeforeIsNoError() {
    answersError("FailedOperation.InvalidCertificateStatusCode");
    answers("DescribeCertificate.pending");
    assertThat(submit(complete()))
        .isInstanceOfSatisfying(
            Progress.class,
            progress -> assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION));
  }
}
