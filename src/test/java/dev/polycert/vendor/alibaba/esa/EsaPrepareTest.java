package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EsaPrepareTest extends EsaProviderTests {

  @Test
  void findsSiteAndQuotaByReadingAlone() {
    nothingThereYet();

    Plan plan = plan(prepare(www()));

    assertThat(plan.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("siteId", SITE, "siteName", "example.com", "accessType", "NS"));
    assertThat(plan.candidates()).isEmpty();
    assertThat(plan.notes()).contains("7 of 10 free certificates left");
    assertThat(vendor.operations())
        .containsExactly("ListSites", "ListCertificates", "GetCertificateQuota");
    assertThat(vendor.received("ListSites").getFirst().query())
        .isEqualTo("SiteName=example.com&SiteSearchType=suffix&PageNumber=1&PageSize=500");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, 1234567890123",
    "*.example.com, 1234567890123",
    "a.b.example.com, 1234567890123",
    "notexample.com, 1",
    "shop.example.com, 9007199254740993",
    "*.shop.example.com, 9007199254740993",
    "www.shop.example.com, 9007199254740993",
    "blog.example.com, 1234567890123"
  })
  void takesTheLongestActiveSite(String domain, String siteId) {
    nothingThereYet();

    assertThat(plan(prepare(Applications.forDomain(domain).application())).settings())
        .containsEntry("siteId", siteId);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.co.uk, example.co.uk",
    "a.b.c.example.com.cn, example.com.cn",
    "example.com, example.com"
  })
  void asksForAllSitesOfTheRegistrableDomainAtOnce(String domain, String suffix) {
    vendor.on("ListSites", answer("ListSites.empty"));

    VendorError error = refusal(prepare(Applications.forDomain(domain).application()));

    assertThat(error.code()).isEqualTo("SiteNotFound");
    assertThat(error.message()).contains(domain, "add " + suffix + " to ESA first");
    assertThat(vendor.received()).hasSize(1);
    assertThat(vendor.received().getFirst().query()).startsWith("SiteName=" + suffix + "&");
  }

  @Test
  void saysHowToActivateASiteThatIsPending() {
    vendor.on("ListSites", answer("ListSites.pending"));

    VendorError error = refusal(prepare(www()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.code()).isEqualTo("SiteNotActivated");
    assertThat(error.message())
        .contains("is pending", "TXT _esaauth.example.com with value verify_d,");
    assertThat(vendor.operations()).containsExactly("ListSites");
  }

  @Test
  void takesTheSiteThatTheRequestNames() {
    nothingThereYet();
    Application named =
        Applications.forDomain("www.example.com").option("siteId", "42").application();

    assertThat(plan(prepare(named)).settings()).isEqualTo(Map.of("siteId", "42"));
    assertThat(vendor.operations()).doesNotContain("ListSites");
  }

  @Test
  void saysHowToDelegateTheValidationOfACnameSite() {
    nothingThereYet();
    Application wildcard = Applications.forDomain("*.shop.example.com").application();

    assertThat(plan(prepare(wildcard)).notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains(
                        "CNAME _dnsauth.shop.example.com ->"
                            + " shop.example.com.9007199254740993.dcv.aliyun-esa.com"));
  }

  @Test
  void adoptsWhatIsAppliedForAlready() {
    nothingThereYet();
    vendor.on("ListCertificates", answer("ListCertificates.applying"));

    Progress progress = progress(prepare(www()));

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.validations())
        .containsExactly(
            Validation.file(
                "www.example.com",
                "http://www.example.com/.well-known/acme-challenge/tok",
                "tok.content"));
    assertThat(vendor.received("ListCertificates").getFirst().query())
        .isEqualTo("SiteId=" + SITE + "&Keyword=www.example.com&PageNumber=1&PageSize=50");
  }

  @Test
  void refusesWhenNoFreeCertificateIsLeft() {
    nothingThereYet();
    vendor.on("GetCertificateQuota", answer("GetCertificateQuota.usedUp"));

    VendorError error = refusal(prepare(www()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(error.message()).contains("all 10 free certificates are used");
  }

  @Test
  void goesOnWhenTheQuotaCannotBeRead() {
    nothingThereYet();
    vendor.on("GetCertificateQuota", Reply.of(403, "{\"Code\":\"Forbidden.RAM\"}"));

    assertThat(plan(prepare(www())).notes())
        .contains("free certificates left: unknown (Forbidden.RAM)");
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com, type, digicert_single, takes no wildcards",
    "www.example.com, type, digicert_wildcard, takes only wildcards",
    "www.example.com, type, zerossl, is none of lets_encrypt",
    "www.example.com, siteId, example.com, is not a site id"
  })
  void refusesOptionsThatDoNotFitBeforeAnyCall(
      String domain, String option, String value, String why) {
    Application application = Applications.forDomain(domain).option(option, value).application();

    assertThat(refusal(prepare(application)).message()).contains(option, value, why);
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void readsAllPagesOfSites() {
    String site = "{\"SiteId\":%d,\"SiteName\":\"%s\",\"Status\":\"active\",\"AccessType\":\"NS\"}";
    String page = "{\"TotalCount\":2,\"Sites\":[%s]}";
    nothingThereYet();
    vendor.on(
        "ListSites",
        Reply.of(200, page.formatted(site.formatted(7, "x.example.com"))),
        Reply.of(200, page.formatted(site.formatted(8, "example.com"))));

    assertThat(plan(prepare(www())).settings()).containsEntry("siteId", "8");
    assertThat(vendor.received("ListSites").getLast().query()).contains("PageNumber=2");
  }
}
