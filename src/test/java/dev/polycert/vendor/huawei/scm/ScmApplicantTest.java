package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Applications;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScmApplicantTest {

  private static ScmApplicant applicant(Information information, boolean withOrganization) {
    return new ScmApplicant(
        Applications.forDomain("www.example.com").information(information).application(),
        withOrganization);
  }

  private static Information administrator(Person person) {
    return new Information(null, person, null, null, true);
  }

  private static Person named(String name, String first, String last) {
    return new Person(name, first, last, "13212345678", "admin@example.com", null);
  }

  @Test
  void namesEveryMissingMember() {
    assertThat(applicant(Information.none(), false).missing())
        .containsExactly(
            "information.administrator.name",
            "information.administrator.phone",
            "information.administrator.email",
            "information.agreePrivacyProtection");
  }

  @Test
  void wantsTheOrganizationOnlyWhereItIsNamed() {
    Information information =
        new Information(
            new Organization("Example", null, null, " ", "Chengdu", null, null, null, null),
            named("Zhang.San", null, null),
            null,
            null,
            true);

    assertThat(applicant(information, true).missing())
        .containsExactly("information.organization.country", "information.organization.region");
    assertThat(applicant(information, false).missing()).isEmpty();
  }

  private static ScmApi.ApplyRequest request(Applications application, String brand, String type) {
    Information complete = administrator(named("Zhang.San", null, null));
    return new ScmApplicant(application.information(complete).application(), false)
        .request(ScmConfig.ApiVersion.V3, brand, type);
  }

  @Test
  void sendsTheFurtherNames() {
    Applications several =
        Applications.forDomain("www.example.com")
            .option("alternativeNames", "a.example.com, B.example.com bücher.example");

    assertThat(request(several, "GEOTRUST", "DV_SSL_CERT").sans())
        .isEqualTo("a.example.com;b.example.com;xn--bcher-kva.example");
    assertThat(request(Applications.forDomain("www.example.com"), "GEOTRUST", "DV_SSL_CERT").sans())
        .isNull();
  }

  @Test
  void sendsTheHashThatGeoTrustWantsForItsOvCertificates() {
    Applications www = Applications.forDomain("www.example.com");

    assertThat(request(www, "GEOTRUST", "OV_SSL_CERT").caHashAlgorithm()).isEqualTo("DEFAULT");
    assertThat(request(www, "GEOTRUST", "DV_SSL_CERT").caHashAlgorithm()).isNull();
    assertThat(request(www, "SYMANTEC", "OV_SSL_CERT").caHashAlgorithm()).isNull();
    assertThat(
            request(www.option("caHashAlgorithm", "SHA-256"), "GEOTRUST", "OV_SSL_CERT")
                .caHashAlgorithm())
        .isEqualTo("SHA-256");
  }

  @Test
  void sendsTheMethodThatWasAskedFor() {
    Applications www = Applications.forDomain("www.example.com");

    assertThat(request(www, "GEOTRUST", "DV_SSL_CERT").domainMethod()).isEqualTo("DNS");
    assertThat(
            request(www.option("domainMethod", "EMAIL"), "GEOTRUST", "DV_SSL_CERT").domainMethod())
        .isEqualTo("EMAIL");
  }

  @Test
  void takesARefusedConsentForNone() {
    Information refused = new Information(null, named("Zhang.San", null, null), null, null, false);

    assertThat(applicant(refused, false).missing())
        .containsExactly("information.agreePrivacyProtection");
  }

  @ParameterizedTest
  @CsvSource({
    "张三, , , 张三",
    ", 三, 张, 张三",
    ", John, Smith, John.Smith",
    ", , Smith, Smith",
    "'J. Smith', John, Smith, J.Smith",
    "Zhang San, , , Zhang.San",
    "张 三, , , 张三"
  })
  void writesTheNameAsTheVendorTakesIt(String name, String first, String last, String written) {
    assertThat(
            applicant(administrator(named(name, first, last)), false)
                .request(ScmConfig.ApiVersion.V3, "GEOTRUST", "DV_SSL_CERT")
                .applicantName())
        .isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bob", "张", "O'Neil", "Zhäng.San", "Zhang1"})
  void namesTheNameThatTheVendorWouldNotTake(String name) {
    List<String> invalid = applicant(administrator(named(name, null, null)), false).invalid();

    assertThat(invalid)
        .singleElement()
        .asString()
        .startsWith("information.administrator.name must");
  }

  @Test
  void namesEveryOtherValueThatTheVendorWouldNotTake() {
    Information information =
        new Information(
            new Organization(
                "x".repeat(64), null, "CHN", "Sichuan", "Chengdu", null, null, null, null),
            new Person("Zhang.San", null, null, "1", "admin", null),
            new Person(null, null, null, null, "two@@example.com", null),
            "x".repeat(5121),
            true);

    assertThat(applicant(information, true).invalid())
        .extracting(text -> text.replaceFirst(" must.*", ""))
        .containsExactly(
            "information.administrator.email",
            "information.contact.email",
            "information.organization.name",
            "information.organization.country",
            "information.csr");
    assertThat(applicant(information, false).invalid())
        .as("what is given is sent, whether it is needed or not")
        .isEqualTo(applicant(information, true).invalid());
  }

  @Test
  void saysNothingOfTheApplicantInLogs() {
    ScmApi.ApplyRequest body =
        applicant(administrator(named("Zhang.San", null, null)), false)
            .request(ScmConfig.ApiVersion.V3, "GEOTRUST", "DV_SSL_CERT");

    assertThat(body.toString()).doesNotContain("Zhang", "13212345678", "admin@");
  }
}
