package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ScmPrepareTest extends ScmProviderTests {

  private static List<String> candidates(Plan plan) {
    return plan.candidates().stream().map(each -> each.id("certificateId")).toList();
  }

  @Test
  void offersTheUnusedCertificatesThatFitInAStableOrder() {
    vendor.on("list ALL", answer("ListCertificates"));

    Plan plan = plan(prepare(www()));

    assertThat(candidates(plan))
        .containsExactly(
            "scs0000000000001", "scs0000000000002", "scs0000000000005", "scs0000000000006");
    assertThat(plan.settings()).isEqualTo(Map.of("scs0000000000005", "OV_SSL_CERT"));
    assertThat(plan.notes()).contains("4 bought and unused certificate(s) fit");
    assertThat(vendor.received()).hasSize(1);
    assertThat(vendor.received().getFirst().query())
        .isEqualTo("status=ALL&limit=50&offset=0&sort_key=certUpdateTime&sort_dir=DESC");
  }

  @Test
  void offersWildcardCertificatesForWildcards() {
    vendor.on("list ALL", answer("ListCertificates"));

    assertThat(candidates(plan(prepare(Applications.forDomain("*.example.com")))))
        .containsExactly("scs0000000000003");
  }

  @Test
  void offersOnlyWhatTheOptionsAskFor() {
    vendor.on("list ALL", answer("ListCertificates"));

    assertThat(candidates(plan(prepare(www().option("type", "DV_SSL_CERT")))))
        .containsExactly("scs0000000000002", "scs0000000000006");
    assertThat(candidates(plan(prepare(www().option("brand", "SYMANTEC")))))
        .containsExactly("scs0000000000001");
  }

  @Test
  void adoptsWhatIsAppliedForAlready() {
    vendor
        .on("list ALL", answer("ListCertificates.applied"))
        .on("show", answer("ShowCertificate.validating"));

    Progress progress = progress(prepare(www()));

    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.validations())
        .containsExactly(
            Validation.dns(
                "www.example.com", "_dnsauth.www.example.com", "TXT", "202611211849abcdef"));
    assertThat(vendor.received("show").getFirst().path())
        .isEqualTo("/v3/scm/certificates/scs0000000000001");
  }

  @Test
  void renewsWithAnotherCertificate() {
    vendor.on("list ALL", answer("ListCertificates.applied"));

    assertThat(candidates(plan(prepare(www().renewalOf(REFERENCE)))))
        .containsExactly("scs0000000000002");
  }

  @Test
  void refusesWithTheWaysOutWhenNoneFits() {
    vendor.on("list ALL", answer("ListCertificates.empty"));

    VendorError error = refusal(prepare(www()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(error.message()).contains("SINGLE_DOMAIN", "option buy to true");
  }

  @Test
  void plansThePurchaseThatTheRequestAllows() {
    vendor.on("list ALL", answer("ListCertificates.empty"));

    Plan plan = plan(prepare(www().option("buy", "true").information(COMPLETE)));

    assertThat(plan.candidates()).isEmpty();
    assertThat(plan.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "buy", "true",
                "brand", "SYMANTEC",
                "type", "DV_SSL_CERT_BASIC",
                "domainType", "SINGLE_DOMAIN",
                "years", "1"));
    assertThat(plan.notes()).singleElement().asString().contains("buys a SYMANTEC", "free");
  }

  @Test
  void buysNothingWhileAnUnusedOneFits() {
    vendor.on("list ALL", answer("ListCertificates"));

    assertThat(plan(prepare(www().option("buy", "true").information(COMPLETE))).candidates())
        .isNotEmpty();
  }

  @Test
  void takesTheCertificateThatTheRequestNames() {
    vendor.on("show", answer("ShowCertificate.paid"));

    assertThat(plan(prepare(www().option("certificateId", ID))).candidates())
        .containsExactly(REFERENCE);
    assertThat(vendor.operations()).containsExactly("show");
  }

  @Test
  void saysBeforehandWhatTheApplicationWouldWaitFor() {
    vendor.on("show", answer("ShowCertificate.paid"));

    assertThat(plan(prepare(www().option("certificateId", ID))).notes())
        .singleElement()
        .asString()
        .contains("would wait for information", "information.agreePrivacyProtection is missing");
    assertThat(plan(prepare(www().option("certificateId", ID).information(COMPLETE))).notes())
        .isEmpty();
  }

  @Test
  void refusesFurtherNamesThatTheNamedCertificateCannotHold() {
    vendor.on("show", answer("ShowCertificate.paid"));

    assertThat(
            refusal(
                    prepare(
                        www()
                            .option("certificateId", ID)
                            .option("alternativeNames", "a.example.com")))
                .message())
        .contains("SINGLE_DOMAIN", "cannot hold www.example.com, a.example.com");
  }

  @Test
  void takesOverTheNamedCertificateThatIsAppliedFor() {
    vendor.on("show", answer("ShowCertificate.validating"));

    Progress progress = progress(prepare(www().option("certificateId", ID)));

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.validations()).hasSize(1);
  }

  @Test
  void refusesTheNamedCertificateOfAnotherDomain() {
    vendor.on("show", answer("ShowCertificate.otherDomain"));

    assertThat(refusal(prepare(www().option("certificateId", ID))).message())
        .isEqualTo(
            "certificate scs0000000000001 is for other.example.com, in status CHECKING_DOMAIN");
  }

  @Test
  void refusesTheNamedCertificateThatCannotHoldTheDomain() {
    vendor.on("show", answer("ShowCertificate.paid"));

    assertThat(
            refusal(prepare(Applications.forDomain("*.example.com").option("certificateId", ID)))
                .message())
        .contains("certificateId", "SINGLE_DOMAIN", "*.example.com");
  }

  @Test
  void renewsWithoutTheNamedCertificateThatIsRenewed() {
    vendor.on("list ALL", answer("ListCertificates.applied"));
    Applications renewal =
        www().option("certificateId", ID).renewalOf(Reference.of("certificateId", ID));

    assertThat(candidates(plan(prepare(renewal)))).containsExactly("scs0000000000002");
  }

  @ParameterizedTest
  @CsvSource({
    "certificateId, scs1, must be 16 letters and digits",
    "certificateId, ../v3/scm/cert12, must be 16 letters and digits",
    "buy, yes, must be true or false",
    "years, 4, 'must be 1, 2 or 3'",
    "years, 3, 'option years: is for a certificate to buy; it needs option buy true'",
    "type, DV, must be one of DV_SSL_CERT_BASIC",
    "brand, ACME, must be one of GEOTRUST",
    "caHashAlgorithm, MD5, 'must be one of DEFAULT, SHA-256'",
    "domainMethod, FILE, 'must be one of DNS, EMAIL'",
    "alternativeNames, 10.0.0.1, option alternativeNames",
    "buy, true, information.agreePrivacyProtection"
  })
  void refusesOptionsThatMakeNoSenseBeforeAnyCall(String option, String value, String why) {
    assertThat(refusal(prepare(www().option(option, value))).message()).contains(why);
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void wantsTheTypeBeforeItBuysForAWildcard() {
    Applications wildcard =
        Applications.forDomain("*.example.com").option("buy", "true").information(COMPLETE);

    assertThat(refusal(prepare(wildcard)).message()).contains("option type");
  }

  @Test
  void refusesOtherKeysWithV2() {
    Map<String, String> environment = keys();
    environment.put("polycert.huawei-scm.api-version", "v2");
    provider = provider(environment);

    assertThat(refusal(prepare(www().key(KeyAlgorithm.EC_P256))).message())
        .contains("keyAlgorithm");
  }

  @Test
  void looksForUnusedOnesSeparatelyWhereTheListingIsCutOff() {
    String item = "{\"id\":\"scs0000000000100\",\"status\":\"ISSUED\",\"domain\":\"x.example\"}";
    String page = String.join(",", Collections.nCopies(50, item));
    vendor
        .on("list ALL", Reply.of(200, "{\"certificates\":[" + page + "],\"total_count\":400}"))
        .on("list PAID", answer("ListCertificates"));

    Plan plan = plan(prepare(www()));

    assertThat(candidates(plan)).contains("scs0000000000001");
    assertThat(plan.notes()).anyMatch(note -> note.contains("only the latest 150 of 400"));
    assertThat(vendor.received("list ALL"))
        .extracting(request -> request.query().replaceFirst(".*(offset=\\d+).*", "$1"))
        .containsExactly("offset=0", "offset=50", "offset=100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"total_count\":3}"})
  void takesNoListingForAnEmptyOne(String body) {
    vendor.on("list ALL", Reply.of(200, body));

    assertThat(refusal(prepare(www())).code()).isEqualTo("Answer.Incomplete");
  }
}
