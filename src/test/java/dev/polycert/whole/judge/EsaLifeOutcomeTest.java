package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.alibaba.esa.AlibabaEsaProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes before and after the application at Alibaba Cloud ESA, by its SDK and by us. */
@QuarkusTest
class EsaLifeOutcomeTest extends OutcomeTests {
  @Inject AlibabaEsaProvider provider;

  private EsaSdk sdk;
  private EsaCustomer customer;
  private Steps steps;
  private long site;

  @Override
  void connect() {
    sdk = new EsaSdk(sandbox.authority(), Capture.SECRET);
    customer = new EsaCustomer(sandbox, sdk);
    steps = new Steps(provider);
  }

  @BeforeEach
  void openSite() {
    site = customer.site("CNAME", true);
  }

  private static Application ours() {
    return Steps.application("ours.example.com", Map.of());
  }

  private Application named(String id) {
    return Steps.with(ours(), Reference.of("siteId", String.valueOf(site), "id", id));
  }

  private static String id(Application application) {
    return application.requireReference().id("id");
  }

  private Map<String, Object> call(String id) {
    return Map.of("SiteId", site, "Id", id);
  }

  @Test
  void withdrawsWhatIsPending() throws Exception {
    String theirs = customer.applied(site, "theirs.example.com");
    Application ours = steps.applied(ours());

    sdk.call("DeleteCertificate", call(theirs));
    assertThat(steps.cancel(ours)).isInstanceOf(Failure.Absent.class);

    assertGoneAlike(theirs, ours);
    assertThat(steps.cancel(ours)).isInstanceOf(Failure.Absent.class);
  }

  @Test
  void deletesWhatIsOver() throws Exception {
    String theirs = customer.issued(site, "theirs.example.com");
    Application ours = steps.issued(ours(), sandbox);
    sandbox.advance(Duration.ofDays(90));

    sdk.call("DeleteCertificate", call(theirs));
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);

    assertGoneAlike(theirs, ours);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);
  }

  /** ESA would delete what it serves with; its SDK shows us both that nothing else could serve. */
  @Test
  void deletesNothingThatIsServed() throws Exception {
    Application ours = steps.issued(ours(), sandbox);
    assertThat(valid("ours.example.com")).hasSize(1);

    assertThat(refusal(steps.cancel(ours)).code()).isEqualTo("Certificate.Issued");
    assertThat(refusal(steps.delete(ours)).code()).isEqualTo("Certificate.InUse");
    assertThat(customer.certificate(site, id(ours)).at("/Result/Status").asText())
        .isEqualTo("Issued");

    sandbox.advance(Duration.ofDays(1));
    String later = customer.issued(site, "*.example.com");
    assertThat(valid("ours.example.com")).hasSize(2);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);
    assertThat(valid("ours.example.com")).hasSize(1);
    assertThat(valid("ours.example.com").get(0).get("Id").asText()).isEqualTo(later);
  }

  private JsonNode valid(String name) throws Exception {
    Map<String, Object> record =
        Map.of("SiteId", site, "RecordName", name, "ValidOnly", true, "Detail", true);
    return sdk.call("ListCertificatesByRecord", record).at("/Result/0/Certificates");
  }

  private void assertGoneAlike(String theirs, Application ours) {
    assertThat(customer.refusal("GetCertificate", call(id(ours))))
        .isEqualTo(customer.refusal("GetCertificate", call(theirs)));
  }

  @Test
  void givesOutWhatTheVendorHas() throws Exception {
    String issued = customer.issued(site, "ours.example.com");
    JsonNode theirs = customer.certificate(site, issued);

    CertificateBundle ours = value(steps.export(named(issued), false));

    assertThat(ours.certificate() + ours.chain())
        .isEqualToIgnoringWhitespace(theirs.get("Certificate").asText());
    assertThat(theirs.has("PrivateKey")).isFalse();
    assertThat(refusal(steps.export(named(issued), true)).code()).isEqualTo("PrivateKey.NotGiven");

    String pending = customer.applied(site, "pending.example.com");
    assertThat(customer.certificate(site, pending).path("Certificate").asText()).isEmpty();
    assertThat(refusal(steps.export(named(pending), false)).code())
        .isEqualTo("Certificate.NotIssued");
  }

  @Test
  void listsWhatIsThere() throws Exception {
    customer.issued(site, "theirs.example.com");
    customer.applied(site, "pending.example.com");
    steps.applied(ours());

    Map<Reference, Inventory.Item> ours = steps.inventory();

    JsonNode theirs = sdk.call("ListCertificates", Map.of("SiteId", site)).get("Result");
    assertThat(ours).hasSize(theirs.size()).hasSize(3);
    for (JsonNode each : theirs) {
      Inventory.Item item = ours.get(named(each.get("Id").asText()).requireReference());
      assertThat(item.vendorStatus()).isEqualTo(each.get("Status").asText());
      assertThat(String.join(",", item.names())).isEqualTo(each.get("SAN").asText());
    }
  }

  @Test
  void hasASiteVerified() throws Exception {
    long theirs = customer.site("example.org", "CNAME", false);
    site = customer.site("CNAME", false);
    Application planned =
        steps.planned(Steps.application("ours.example.com", Map.of("verifySite", "true")));

    assertThat(verify(theirs)).isFalse();
    assertThat(refusal(steps.tried(planned)).errorClass()).isEqualTo(ErrorClass.PENDING);
    assertThat(status(site)).isEqualTo(status(theirs)).isEqualTo("pending");

    customer.publish("_esaauth.example.org", model(theirs).get("VerifyCode").asText());
    customer.publish("_esaauth.example.com", model(site).get("VerifyCode").asText());
    assertThat(verify(theirs)).isTrue();
    assertThat(steps.tried(planned)).isInstanceOf(Failure.Deferred.class);
    assertThat(status(site)).isEqualTo(status(theirs)).isEqualTo("active");
  }

  private boolean verify(long id) throws Exception {
    return sdk.call("VerifySite", Map.of("SiteId", id)).get("Passed").asBoolean();
  }

  private String status(long id) throws Exception {
    return model(id).get("Status").asText();
  }

  private JsonNode model(long id) throws Exception {
    return sdk.call("GetSite", Map.of("SiteId", id)).get("SiteModel");
  }
}
