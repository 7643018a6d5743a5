package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.huawei.scm.ScmApi.Authentication;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScmProgressTest {
  private static final Authentication RECORD =
      new Authentication("_dnsauth.example.com", "TXT", "text", null);

  private static Progress progress(
      Applications application, String status, Authentication... records) {
    Application wanted = application.application();
    Certificate shown =
        new Certificate(
            "scs0000000000001",
            status,
            "DV_SSL_CERT",
            "GEOTRUST",
            "WILDCARD",
            1,
            0,
            wanted.domain().ascii(),
            null,
            null,
            null,
            null,
            null,
            List.of(records));
    return ScmProgress.of(
        wanted, ScmProgress.reference("scs0000000000001"), new Answer.Success<>(shown, null));
  }

  @ParameterizedTest
  @CsvSource({
    "PAID, PENDING_INFORMATION",
    "CHECKING, APPLYING",
    "CHECKING_DOMAIN, PENDING_VALIDATION",
    "CHECKING_ORG, PENDING_VALIDATION",
    "ISSUING, APPLYING",
    "ISSUED, ISSUED",
    "UPLOAD, ISSUED",
    "SUPPLEMENTCHECKING, ISSUED",
    "CANCELSUPPLEMENTING, ISSUED",
    "UNPASSED, FAILED",
    "CANCELCHECKING, UNKNOWN",
    "EXPIRED, EXPIRED",
    "REVOKING, UNKNOWN",
    "CANCLEREVOKING, UNKNOWN",
    "REVOKED, REVOKED",
    "SOMETHING_NEW, UNKNOWN"
  })
  void mapsEveryStatusAndKeepsItsText(String status, Phase phase) {
    Progress progress = progress(Applications.forDomain("www.example.com"), status);

    assertThat(progress.phase()).isEqualTo(phase);
    assertThat(progress.vendorStatus()).isEqualTo(status);
    assertThat(progress.certificate() != null).isEqualTo(phase == Phase.ISSUED);
  }

  @Test
  void waitsForValidationAsSoonAsTheRecordIsKnown() {
    Progress progress = progress(Applications.forDomain("*.example.com"), "CHECKING", RECORD);

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.validations())
        .containsExactly(Validation.dns("example.com", "_dnsauth.example.com", "TXT", "text"));
  }

  @Test
  void passesOverRecordsThatAreNotComplete() {
    assertThat(
            progress(
                    Applications.forDomain("*.example.com"),
                    "CHECKING",
                    new Authentication("_dnsauth.example.com", "TXT", " ", null))
                .phase())
        .isEqualTo(Phase.APPLYING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHECKING", "CHECKING_DOMAIN"})
  void saysWhatIsWaitedForWhereTheCaWritesAMail(String status) {
    Applications byEmail = Applications.forDomain("*.example.com").option("domainMethod", "EMAIL");

    assertThat(progress(byEmail, status).message()).contains("follow the link in that e-mail");
    assertThat(progress(byEmail, "ISSUED").message()).isNull();
  }

  @Test
  void saysWhoPublishesWithDnsAuto() {
    Applications auto =
        Applications.forDomain("*.example.com").validation(ValidationMethod.DNS_AUTO);

    assertThat(progress(auto, "CHECKING_DOMAIN", RECORD).validations().getFirst().note())
        .contains("publishes this record by itself");
  }
}
