package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Information;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ValidationMethod;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ScmPlaceTest extends ScmProviderTests {
  private static final Map<String, String> PURCHASE =
      Map.of(
          "buy", "true",
          "brand", "SYMANTEC",
          "type", "DV_SSL_CERT_BASIC",
          "domainType", "SINGLE_DOMAIN",
          "years", "1");

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static void assertBody(Received request, String fixture) {
    assertThat(json(request.text())).isEqualTo(json(FixtureServer.fixture("huawei/" + fixture)));
    assertThat(request.headers()).containsEntry("content-type", "application/json");
  }

  @Test
  void appliesWithTheReservedCertificate() {
    vendor.on("show", answer("ShowCertificate.paid")).on("apply", answer("ApplyCertificate"));

    Progress progress = progress(place(reserved(COMPLETE)));

    assertThat(progress.phase()).isEqualTo(Phase.APPLYING);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(intents.operations()).containsExactly("ApplyCertificate after 1 requests");
    Received request = vendor.received("apply").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v3/scm/certificates/scs0000000000001/apply");
    assertBody(request, "ApplyCertificate.request.json");
  }

  @Test
  void sendsTheOrganizationWhereTheCertificateNamesIt() {
    vendor.on("show", answer("ShowCertificate.paidOv")).on("apply", answer("ApplyCertificate"));
    Application application =
        www()
            .information(WITH_ORGANIZATION)
            .validation(ValidationMethod.DNS_AUTO)
            .reference(REFERENCE)
            .application();

    progress(place(application));

    assertBody(vendor.received("apply").getFirst(), "ApplyCertificate.ov.request.json");
  }

  @Test
  void completesWithV2WhereConfigured() {
    Map<String, String> environment = keys();
    environment.put("polycert.huawei-scm.api-version", "v2");
    provider = provider(environment);
    vendor.on("show", answer("ShowCertificate.paid")).on("complete", answer("ApplyCertificate"));
    Application application =
        www()
            .information(WITH_ORGANIZATION)
            .validation(ValidationMethod.DNS_AUTO)
            .reference(REFERENCE)
            .application();

    assertThat(progress(place(application)).phase()).isEqualTo(Phase.APPLYING);

    Received request = vendor.received("complete").getFirst();
    assertThat(request.path()).isEqualTo("/v2/" + PROJECT + "/scm/cert/scs0000000000001/complete");
    assertBody(request, "complete.request.json");
    assertThat(provider.missingInformation(reserved(COMPLETE)))
        .contains("information.organization.name", "information.organization.country");
  }

  @Test
  void waitsForInformationInsteadOfWriting() {
    vendor.on("show", answer("ShowCertificate.paidOv"));

    Progress progress = progress(place(reserved(Information.none())));

    assertThat(progress.phase()).isEqualTo(Phase.PENDING_INFORMATION);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(progress.vendorStatus()).isEqualTo("PAID");
    assertThat(progress.message())
        .isEqualTo(
            "information.administrator.name is missing; information.administrator.phone is"
                + " missing; information.administrator.email is missing;"
                + " information.organization.name is missing; information.organization.country is"
                + " missing; information.organization.region is missing;"
                + " information.organization.city is missing; information.agreePrivacyProtection is"
                + " missing");
    assertThat(intents.operations()).isEmpty();
    assertThat(vendor.operations()).containsExactly("show");
  }

  @Test
  void submitsInformationByTheSameCall() {
    vendor.on("show", answer("ShowCertificate.paid")).on("apply", answer("ApplyCertificate"));

    Object outcome = await(provider.submit(reserved(COMPLETE), intents.context()));

    assertThat(progress(outcome).phase()).isEqualTo(Phase.APPLYING);
    assertThat(intents.operations()).hasSize(1);
  }

  @Test
  void doesNotApplyTwice() {
    vendor.on("show", answer("ShowCertificate.validating"));

    assertThat(progress(place(reserved(COMPLETE))).phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void looksAtTheStatusThatForbadeApplying() {
    vendor
        .on("show", answer("ShowCertificate.paid"), answer("ShowCertificate.checking"))
        .on("apply", error(400, "status"));

    assertThat(progress(place(reserved(COMPLETE))).phase()).isEqualTo(Phase.APPLYING);
  }

  @Test
  void endsWhenItIsTheTypeThatForbadeApplying() {
    vendor.on("show", answer("ShowCertificate.paid")).on("apply", error(400, "status"));

    VendorError error = refusal(place(reserved(COMPLETE)));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.code()).isEqualTo("SCM.0010");
  }

  @Test
  void endsWhenTheCertificateIsTakenByAnother() {
    vendor
        .on("show", answer("ShowCertificate.paid"), answer("ShowCertificate.otherDomain"))
        .on("apply", error(400, "status"));

    assertThat(refusal(place(reserved(COMPLETE))).message()).contains("other.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"request_info\":\"failed\"}", "[]", "success"})
  void takesNothingButSuccessForSuccess(String body) {
    vendor.on("show", answer("ShowCertificate.paid")).on("apply", Reply.of(200, body));

    assertThat(place(reserved(COMPLETE))).isInstanceOf(Failure.Unclear.class);
    assertThat(vendor.received("apply")).hasSize(1);
  }

  @Test
  void repeatsAThrottledApplicationWithOneIntent() {
    vendor
        .on("show", answer("ShowCertificate.paid"))
        .on("apply", error(429, "throttled"), answer("ApplyCertificate"));

    assertThat(progress(place(reserved(COMPLETE))).phase()).isEqualTo(Phase.APPLYING);
    assertThat(intents.operations()).hasSize(1);
    assertThat(vendor.received("apply")).hasSize(2);
  }

  @Test
  void looksUpWhatBecameOfALostAnswer() {
    vendor
        .on("show", answer("ShowCertificate.paid"), answer("ShowCertificate.checking"))
        .on("apply", Reply.lost());

    assertThat(place(reserved(COMPLETE))).isInstanceOf(Failure.Unclear.class);
    assertThat(progress(find(reserved(COMPLETE))).phase()).isEqualTo(Phase.APPLYING);
    assertThat(vendor.received("apply")).hasSize(1);
  }

  @Test
  void saysSoWhenALostApplicationNeverArrived() {
    vendor.on("show", answer("ShowCertificate.paid"));

    assertThat(find(reserved(COMPLETE))).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void buysWhatWasPlannedAndGoesOnWithIt() {
    vendor.on("buy", answer("SubscribeCertificate"));
    Application planned = www().plan(PURCHASE).information(COMPLETE).application();

    Progress progress = progress(place(planned));

    assertThat(progress.phase()).isEqualTo(Phase.PLACING);
    assertThat(progress.reference()).isEqualTo(REFERENCE);
    assertThat(intents.operations()).containsExactly("SubscribeCertificate after 0 requests");
    assertBody(vendor.received("buy").getFirst(), "SubscribeCertificate.request.json");
  }

  @Test
  void neverBuysTwiceInDoubt() {
    vendor
        .on("buy", Reply.of(500, "{\"error_code\":\"SCM.0001\",\"error_msg\":\"oops\"}"))
        .on("list PAID", answer("ListCertificates"));
    Application planned = www().plan(PURCHASE).application();

    assertThat(place(planned)).isInstanceOf(Failure.Unclear.class);
    Progress found = progress(find(planned));

    assertThat(found.phase()).isEqualTo(Phase.PLACING);
    assertThat(found.reference()).isEqualTo(REFERENCE);
    assertThat(vendor.received("buy")).hasSize(1);
  }

  @Test
  void saysSoWhenALostPurchaseNeverArrived() {
    vendor.on("list PAID", answer("ListCertificates.empty"));

    assertThat(find(www().plan(PURCHASE).application())).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void looksForNoPurchaseThatWasNeverPlanned() {
    assertThat(find(www().application())).isEqualTo(new Failure.Absent(null));
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void takesAReceiptWithoutACertificateForNoPurchase() {
    vendor.on("buy", Reply.of(200, "{\"order_id\":\"CS1\",\"cert\":[]}"));

    assertThat(place(www().plan(PURCHASE).application())).isInstanceOf(Failure.Unclear.class);
  }
}
