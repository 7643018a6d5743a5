package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.VendorSigners;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ScmCheckTest extends ScmProviderTests {

  @Test
  void showsWhatToPublish() {
    vendor.on("show", answer("ShowCertificate.validating"));

    Progress progress = progress(check());

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(progress.vendorStatus()).isEqualTo("CHECKING_DOMAIN");
    assertThat(progress.validations())
        .containsExactly(
            Validation.dns(
                "www.example.com", "_dnsauth.www.example.com", "TXT", "202611211849abcdef"));
  }

  @Test
  void showsTheFactsOfAnIssuedCertificate() {
    vendor.on(
        "show",
        new Reply(200, Map.of("X-Request-Id", "R-1"), answer("ShowCertificate.issued").body()));

    assertThat(check())
        .isEqualTo(
            new Progress(
                Phase.ISSUED,
                REFERENCE,
                List.of(),
                new CertificateFacts(
                    "www.example.com",
                    List.of("www.example.com", "example.com"),
                    null,
                    null,
                    "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
                    null,
                    Instant.parse("2026-11-21T00:00:00Z"),
                    Instant.parse("2027-02-19T23:59:59Z")),
                "ISSUED",
                null,
                "R-1"));
  }

  @Test
  void reportsAgainWhatKeepsABoughtCertificateFromBeingAppliedFor() {
    vendor.on("show", answer("ShowCertificate.paidOv"));

    Progress progress = progress(check());

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_INFORMATION);
    assertThat(progress.message()).startsWith("information.organization.name is missing; ");
  }

  @Test
  void saysSoWhenABoughtCertificateIsNotAppliedForAlthoughNothingIsMissing() {
    vendor.on("show", answer("ShowCertificate.paid"));

    Progress progress = progress(check());

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_INFORMATION);
    assertThat(progress.message()).isEqualTo("bought, but not applied for");
  }

  @Test
  void neverMovesAnOrderForAnotherDomain() {
    vendor.on("show", answer("ShowCertificate.otherDomain"));

    assertThat(refusal(check()).code()).isEqualTo("Certificate.Taken");
  }

  @Test
  void saysSoWhenTheVendorNoLongerKnowsTheCertificate() {
    vendor.on("show", error(400, "unknownCertificate"));

    assertThat(check()).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void takesAnAnswerWithoutStatusForNoAnswer() {
    vendor.on("show", Reply.of(200, "{\"id\":\"scs0000000000001\"}"));

    assertThat(refusal(check()).code()).isEqualTo("Answer.Incomplete");
  }

  @Test
  void signsWhatArrives() {
    vendor.on("list PAID", answer("ListCertificates.empty"));

    find(www().plan(Map.of("buy", "true")).application());

    Received request = vendor.received().getFirst();
    assertThat(request.headers())
        .containsEntry("host", vendor.uri().getAuthority())
        .hasEntrySatisfying("x-sdk-date", date -> assertThat(date).matches("\\d{8}T\\d{6}Z"))
        .containsEntry("x-project-id", PROJECT)
        .containsEntry("x-security-token", Answers.TOKEN);
    assertThat(request.headers().get("authorization"))
        .contains("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,")
        .isEqualTo(VendorSigners.authorization(Capture.Vendor.HUAWEI, request, Answers.SECRET));
  }

  @Test
  void signsTheBodyThatArrives() {
    vendor.on("show", answer("ShowCertificate.paid")).on("apply", answer("ApplyCertificate"));

    place(reserved(COMPLETE));

    Received request = vendor.received("apply").getFirst();
    assertThat(request.text()).contains("张三");
    assertThat(request.headers().get("authorization"))
        .isEqualTo(VendorSigners.authorization(Capture.Vendor.HUAWEI, request, Answers.SECRET));
  }

  @Test
  void namesTheVariablesThatAreNotSet() {
    provider = provider(Map.of("HUAWEICLOUD_SDK_AK", "FAKEAKEXAMPLE0000000"));

    assertThat(provider.account().missing())
        .containsExactly("HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_PROJECT_ID");
    VendorError error = refusal(check());
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_PROJECT_ID");
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void keepsKeysToItself() {
    Reply echo =
        Reply.of(
            401,
            "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"%s %s\"}"
                .formatted(Answers.SECRET, Answers.TOKEN));
    vendor.on("show", echo).on("list ALL", echo).on("list PAID", echo);

    assertThat(
            List.of(
                place(reserved(COMPLETE)),
                check(),
                find(www().plan(Map.of("buy", "true")).application()),
                prepare(www())))
        .allSatisfy(outcome -> assertThat(refusal(outcome).toString()).doesNotContain("canary"));
    assertThat(provider.toString() + provider.account() + provider.descriptor())
        .doesNotContain("canary");
  }
}
