package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.Application;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.VendorSigners;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ScmRemovalTest extends ScmProviderTests {

  private Object cancel() {
    return await(provider.cancel(reserved(COMPLETE), intents.context()));
  }

  private Object delete() {
    return await(provider.delete(reserved(COMPLETE), intents.context()));
  }

  private static Reply issued(String status) {
    return Reply.of(
        200, FixtureServer.fixture("huawei/ShowCertificate.issued.json").replace("ISSUED", status));
  }

  @Test
  void withdrawsAnApplicationAndLooksHowItStandsThen() {
    vendor
        .on("show", answer("ShowCertificate.validating"), answer("ShowCertificate.paid"))
        .on("cancel-cert", answer("CancelCertificateRequest"));

    Progress cancelled = progress(cancel());

    assertThat(cancelled.phase()).isEqualTo(Phase.CANCELLED);
    assertThat(cancelled.reference()).isEqualTo(REFERENCE);
    assertThat(cancelled.vendorStatus()).isEqualTo("PAID");
    assertThat(intents.operations()).containsExactly("CancelCertificateRequest after 1 requests");
    Received request = vendor.received("cancel-cert").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v3/scm/certificates/" + ID + "/cancel-cert");
    assertThat(request.body()).isEmpty();
    assertThat(request.headers().get("authorization"))
        .isEqualTo(VendorSigners.authorization(Capture.Vendor.HUAWEI, request, Answers.SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ShowCertificate.withdrawing", "ShowCertificate.validating"})
  void doesNotCallAWithdrawalDoneThatIsUnderReview(String after) {
    vendor
        .on("show", answer("ShowCertificate.validating"), answer(after))
        .on("cancel-cert", answer("CancelCertificateRequest"));

    Progress progress = progress(cancel());

    assertThat(progress.phase()).isEqualTo(Phase.UNKNOWN);
    assertThat(progress.vendorStatus()).isEqualTo("CANCELCHECKING");
  }

  @Test
  void mayBeAskedToWithdrawAgain() {
    vendor.on("show", answer("ShowCertificate.withdrawing"), answer("ShowCertificate.paid"));

    assertThat(progress(cancel()).phase()).isEqualTo(Phase.UNKNOWN);
    assertThat(progress(cancel()).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void withdrawsNothingThatIsIssuedOrServesAnotherDomain() {
    vendor.on("show", answer("ShowCertificate.issued"), answer("ShowCertificate.otherDomain"));

    assertThat(refusal(cancel()).code()).isEqualTo("Certificate.Issued");
    assertThat(refusal(cancel()).code()).isEqualTo("Certificate.Taken");
    assertThat(intents.operations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ShowCertificate.paid, CANCELLED", "ShowCertificate.withdrawing, UNKNOWN"})
  void decidesByTheStatusWhenTheStatusForbidsIt(String after, Phase phase) {
    vendor
        .on("show", answer("ShowCertificate.validating"), answer(after))
        .on("cancel-cert", error(400, "status"));

    assertThat(progress(cancel()).phase()).isEqualTo(phase);
  }

  @Test
  void endsWhenTheStatusForbidsItAndStays() {
    vendor.on("show", answer("ShowCertificate.validating")).on("cancel-cert", error(400, "status"));

    VendorError error = refusal(cancel());

    assertThat(error.code()).isEqualTo("SCM.0010");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  @Test
  void hasNothingToWithdrawOrDeleteWhenItIsGone() {
    vendor.on("show", error(400, "unknownCertificate"));

    assertThat(cancel()).isInstanceOf(Failure.Absent.class);
    assertThat(delete()).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void takesABoughtCertificateWhoseValidationWasToldForAWithdrawnOne() {
    vendor.on("show", answer("ShowCertificate.paid"));
    Application bare = reserved(COMPLETE);
    Application shown =
        new Application(
            bare.domain(),
            bare.terms(),
            Map.of(),
            REFERENCE,
            List.of(Validation.dns("www.example.com", "_dnsauth.www.example.com", "TXT", "v")),
            NOW,
            null);

    assertThat(progress(await(provider.check(shown, context()))).phase())
        .isEqualTo(Phase.CANCELLED);
    assertThat(progress(check()).phase()).isEqualTo(Phase.PENDING_INFORMATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNPASSED", "EXPIRED", "REVOKED"})
  void deletesWhatIsNotServedByItsStatus(String status) {
    vendor.on("show", issued(status)).on("delete", Reply.of(204, ""));

    assertThat(delete()).isInstanceOf(Failure.Absent.class);

    assertThat(intents.operations()).containsExactly("DeleteCertificate after 1 requests");
    Received request = vendor.received("delete").getFirst();
    assertThat(request.path()).isEqualTo("/v3/scm/certificates/" + ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISSUED", "UPLOAD"})
  void deletesAnIssuedOneThatIsDeployedNowhere(String status) {
    vendor
        .on("show", issued(status))
        .on("deployed-resources", answer("ListDeployedResources.none"))
        .on("delete", Reply.of(204, ""));

    assertThat(delete()).isInstanceOf(Failure.Absent.class);

    Received question = vendor.received("deployed-resources").getFirst();
    assertThat(question.path()).isEqualTo("/v3/scm/deployed-resources");
    assertThat(question.text())
        .isEqualTo("{\"certificate_ids\":[\"" + ID + "\"],\"service_names\":[\"ALL\"]}");
  }

  @Test
  void deletesNothingThatIsDeployed() {
    vendor
        .on("show", answer("ShowCertificate.issued"))
        .on("deployed-resources", answer("ListDeployedResources"));

    VendorError error = refusal(delete());

    assertThat(error.code()).isEqualTo("Certificate.InUse");
    assertThat(error.message()).contains("CDN www.example.com, ELB l1");
    assertThat(intents.operations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results\":[]}",
        "{\"results\":[{\"certificate_id\":\"scs0000000000001\"}]}",
        "{\"results\":[{\"certificate_id\":\"scs0000000000001\",\"total_num\":0}]}",
        "{\"results\":[{\"certificate_id\":\"scs0000000000001\",\"total_num\":1,"
            + "\"deployed_resources\":[]}]}",
        "{\"results\":[{\"certificate_id\":\"scs0000000000002\",\"total_num\":0,"
            + "\"deployed_resources\":[]}]}"
      })
  void deletesNothingOfUnknownUse(String shown) {
    vendor
        .on("show", answer("ShowCertificate.issued"))
        .on("deployed-resources", Reply.of(200, shown));

    refusal(delete());

    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void deletesNothingWhenAServiceDidNotAnswer() {
    vendor
        .on("show", answer("ShowCertificate.issued"))
        .on("deployed-resources", answer("ListDeployedResources.uncertain"));

    assertThat(refusal(delete()).code()).isEqualTo("Certificate.UseUnknown");
    assertThat(intents.operations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PAID, Certificate.Bought",
    "CHECKING, Certificate.UseUnknown",
    "CANCELCHECKING, Certificate.UseUnknown",
    "SUPPLEMENTCHECKING, Certificate.UseUnknown",
    "REVOKING, Certificate.UseUnknown",
    "NEVER_HEARD_OF, Certificate.UseUnknown"
  })
  void deletesNothingElse(String status, String code) {
    vendor.on("show", issued(status));

    assertThat(refusal(delete()).code()).isEqualTo(code);
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void doesNotKnowWhatBecameOfALostAnswer() {
    vendor.on("show", answer("ShowCertificate.validating")).on("cancel-cert", Reply.lost());
    assertThat(cancel()).isInstanceOf(Failure.Unclear.class);

    vendor
        .on("show", issued("EXPIRED"))
        .on("delete", Reply.of(500, "{\"error_code\":\"SCM.0001\"}"));
    assertThat(delete()).isInstanceOf(Failure.Unclear.class);
  }
}
