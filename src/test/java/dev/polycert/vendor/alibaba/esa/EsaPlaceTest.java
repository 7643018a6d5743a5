package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EsaPlaceTest extends EsaProviderTests {

  @ParameterizedTest
  @ValueSource(strings = {"ApplyCertificate", "ApplyCertificate.numericId"})
  void appliesForOneDomain(String fixture) {
    vendor.on("ApplyCertificate", answer(fixture));

    Progress progress = progress(place());

    assertThat(progress.phase()).isEqualTo(Phase.APPLYING);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.vendorStatus()).isEqualTo("Applying");
    assertThat(progress.message()).isEqualTo("site example.com");
    assertThat(intents.operations()).containsExactly("ApplyCertificate after 0 requests");
    Received request = vendor.received().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/");
    assertThat(request.query())
        .isEqualTo("SiteId=" + SITE + "&Domains=www.example.com&Type=lets_encrypt");
    assertThat(request.body()).isEmpty();
  }

  @Test
  void appliesForTheTypeThatWasAskedFor() {
    vendor.on("ApplyCertificate", answer("ApplyCertificate"));
    Application digicert =
        new Applications(planned()).option("type", "digicert_single").application();

    await(provider.place(digicert, intents.context()));

    assertThat(vendor.received().getFirst().query()).contains("Type=digicert_single");
  }

  @Test
  void takesAnAnswerWithoutTheDomainForNoSuccess() {
    vendor.on("ApplyCertificate", answer("ApplyCertificate.otherDomain"));

    assertThat(place())
        .isEqualTo(
            new Failure.Unclear(
                new VendorError(
                    ErrorClass.RETRY,
                    "Answer.Incomplete",
                    "success without an entry with an Id for www.example.com",
                    "APPLY-3",
                    null)));
  }

  @Test
  void adoptsTheApplicationThatTheVendorCallsADuplicate() {
    vendor
        .on("ApplyCertificate", error(400, "duplicate"))
        .on("ListCertificates", answer("ListCertificates.applying"));

    Progress progress = progress(place());

    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(vendor.received("ApplyCertificate")).hasSize(1);
  }

  /** The law then makes the order UNCERTAIN, and looks again before it sends anything. */
  @Test
  void aDuplicateThatIsNotListedYetIsLookedForAgain() {
    vendor
        .on("ApplyCertificate", error(400, "duplicate"))
        .on("ListCertificates", answer("ListCertificates.empty"));

    assertThat(refusal(place()).errorClass()).isEqualTo(ErrorClass.ALREADY_APPLIED);
  }

  @ParameterizedTest
  @CsvSource({"599, ALREADY_APPLIED", "600, FINAL"})
  void aDuplicateThatIsNeverListedEndsTheOrder(long seconds, ErrorClass expected) {
    vendor
        .on("ApplyCertificate", error(400, "duplicate"))
        .on("ListCertificates", answer("ListCertificates.empty"));
    Application again = sentBefore(NOW.minusSeconds(seconds));

    VendorError error = refusal(await(provider.place(again, intents.context())));

    assertThat(error.errorClass()).isEqualTo(expected);
    assertThat(error.code()).isEqualTo("InvalidParameter.Domains");
  }

  private static Application sentBefore(Instant appliedAt) {
    Application planned = planned();
    return new Application(
        planned.domain(), planned.terms(), planned.plan(), null, List.of(), appliedAt, null);
  }

  @Test
  void saysThatAnotherCertificateIsInTheWay() {
    vendor
        .on("ApplyCertificate", error(400, "duplicate"))
        .on("ListCertificates", answer("ListCertificates.empty"));

    VendorError error =
        refusal(await(provider.place(sentBefore(NOW.minusSeconds(3600)), intents.context())));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.code()).isEqualTo("InvalidParameter.Domains");
    assertThat(error.message()).contains("ListCertificates shows none");
    assertThat(error.requestId()).isEqualTo("ERR-1");
  }

  @Test
  void repeatsAThrottledApplicationWithANewNonceAndOneIntent() {
    vendor.on(
        "ApplyCertificate",
        error(400, "throttling"),
        error(429, "throttling"),
        answer("ApplyCertificate"));

    assertThat(progress(place()).reference()).isEqualTo(REFERENCE);
    assertThat(intents.operations()).hasSize(1);
    assertThat(vendor.received())
        .extracting(request -> request.headers().get("x-acs-signature-nonce"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void sendsNothingTwiceWhenTheVendorFailed() {
    vendor.on("ApplyCertificate", error(400, "internal"));

    assertThat(place()).isInstanceOf(Failure.Unclear.class);
    assertThat(vendor.received()).hasSize(1);
  }

  @Test
  void looksUpWhatBecameOfALostAnswer() {
    vendor
        .on("ApplyCertificate", Reply.lost())
        .on("ListCertificates", answer("ListCertificates.applying"));

    assertThat(place()).isInstanceOf(Failure.Unclear.class);
    assertThat(progress(find()).reference()).isEqualTo(REFERENCE);
    assertThat(vendor.received("ApplyCertificate")).hasSize(1);
  }

  @Test
  void saysSoWhenALostApplicationNeverArrived() {
    vendor.on("ListCertificates", answer("ListCertificates.empty"));

    assertThat(find()).isEqualTo(new Failure.Absent("LIST-1"));
  }

  @Test
  void reportsRefusalsWithTheVendorsWords() {
    vendor.on("ApplyCertificate", error(400, "siteNotActivated"));

    assertThat(refusal(place()))
        .isEqualTo(
            new VendorError(
                ErrorClass.FINAL,
                "SiteNotActivated",
                "The site is not activated, the process is not allowed.",
                "ERR-5",
                null));
  }
}
