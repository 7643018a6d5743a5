package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.alibaba.EsaEmulator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alibaba Cloud's own SDK calls every operation of the emulated ESA. */
class EsaJudgeTest extends JudgeTests {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(EsaSdk.KEYS, EsaEmulator::new);

  private EsaSdk sdk;
  private EsaCustomer customer;

  EsaJudgeTest() {
    super(
        SANDBOX,
        new Refusals(
            "SignatureDoesNotMatch",
            Duration.ofSeconds(902),
            "InvalidTimeStamp.Expired",
            "1234567890123",
            "1234567890124"));
  }

  @Override
  void connect(Emulation emulation) {
    sdk = new EsaSdk(wire.authority(), Capture.SECRET);
    customer = new EsaCustomer(emulation, sdk);
  }

  @Override
  List<Judged> operations() {
    return List.of(
        new Judged("ApplyCertificate", this::applies),
        new Judged("DeleteCertificate", this::deletes),
        new Judged("GetCertificate", this::shows),
        new Judged("GetCertificateQuota", this::counts),
        new Judged("GetSite", this::showsSite),
        new Judged("ListCertificates", this::lists),
        new Judged("ListCertificatesByRecord", this::listsByRecord),
        new Judged("ListSites", this::listsSites),
        new Judged("SetCertificate", this::sets),
        new Judged("VerifySite", this::verifies));
  }

  /** The SDK knows no operations; those of the sandbox are among the names in its classes. */
  @Test
  void judgesAllThatIsEmulated() {
    List<String> emulated =
        OurOperations.textsBeside(EsaEmulator.class).stream()
            .filter(name -> name.matches("([A-Z][a-z]+){2,6}"))
            .filter(name -> !code(sdk, name).equals("InvalidAction.NotFound"))
            .sorted()
            .toList();
    assertThat(operations()).extracting(Judged::name).containsExactlyElementsOf(emulated);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedTheSecondTime(Judged operation) throws IOException {
    code(sdk, operation.name());
    assertThat(wire.replay())
        .startsWith("HTTP/1.1 400 ")
        .contains("\"Code\":\"SignatureNonceUsed\"");
  }

  @Override
  String code(String authority, String secret, String operation) {
    return code(new EsaSdk(authority, secret), operation);
  }

  private static String code(EsaSdk client, String operation) {
    try {
      client.call(operation, Map.of("SiteId", 1234567890123L, "PageSize", 10));
      return "none";
    } catch (TeaException e) {
      return e.getCode();
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  // --- the operations ---

  private void listsSites() throws Exception {
    JsonNode listed =
        sdk.call("ListSites", Map.of("SiteName", "example.com", "PageNumber", 1, "PageSize", 10));
    assertThat(listed.get("TotalCount").asInt()).isOne();
    JsonNode site = listed.get("Sites").get(0);
    assertThat(site.get("SiteId").isIntegralNumber()).isTrue();
    assertThat(site.get("SiteName").asText()).isEqualTo("example.com");
    assertThat(site.get("Status").asText()).isEqualTo("active");
    assertThat(site.get("AccessType").asText()).isEqualTo("CNAME");
    assertThat(customer.refusal("ListSites", Map.of("PageSize", 501)))
        .isEqualTo("400 InvalidPageSize");
  }

  private void showsSite() throws Exception {
    long site = customer.site("CNAME", true);
    JsonNode shown = sdk.call("GetSite", Map.of("SiteId", site)).get("SiteModel");
    assertThat(shown.get("SiteId").asLong()).isEqualTo(site);
    assertThat(customer.refusal("GetSite", Map.of("SiteId", 1L))).isEqualTo("400 SiteNotFound");
    assertThat(customer.refusal("GetSite", Map.of())).isEqualTo("400 MissingSiteId");
  }

  private void verifies() throws Exception {
    long site = customer.site("CNAME", false);
    assertThat(sdk.call("VerifySite", Map.of("SiteId", site)).get("Passed").asBoolean()).isFalse();
    String code = sdk.call("GetSite", Map.of("SiteId", site)).at("/SiteModel/VerifyCode").asText();
    customer.publish("_esaauth.example.com", code);
    assertThat(sdk.call("VerifySite", Map.of("SiteId", site)).get("Passed").asBoolean()).isTrue();
  }

  private void applies() throws Exception {
    long site = customer.site("CNAME", true);
    Map<String, Object> application = EsaCustomer.application(site, "www.example.com");
    JsonNode applied = sdk.call("ApplyCertificate", application);
    // The vendor's sample has these blanks.
    assertThat(applied.get("SiteName").asText()).isEqualTo("example.com ");
    assertThat(applied.get("TotalCount").asInt()).isOne();
    JsonNode entry = applied.get("Result").get(0);
    assertThat(entry.get("Domain").asText()).isEqualTo("www.example.com ");
    assertThat(entry.get("Status").asText()).isEqualTo("Applying");
    assertThat(entry.get("Id").isTextual()).isTrue();
    for (String open : List.of("www.example.com", "new.example.com,WWW.example.com")) {
      assertThat(customer.refusal("ApplyCertificate", EsaCustomer.application(site, open)))
          .isEqualTo("400 InvalidParameter.Domains");
    }
    assertThat(
            customer.refusal(
                "ApplyCertificate",
                EsaCustomer.application(customer.site("NS", false), "a.example.com")))
        .isEqualTo("400 SiteNotActivated");
    SANDBOX.control("PUT", "settings", "{\"quota\":{\"alibaba-esa\":0}}");
    assertThat(
            customer.refusal(
                "ApplyCertificate",
                EsaCustomer.application(customer.site("NS", true), "a.example.com")))
        .isEqualTo("403 QuotaExceeded");
  }

  private void shows() throws Exception {
    long site = customer.site("CNAME", true);
    String id = customer.applied(site, "www.example.com");
    JsonNode applying = customer.certificate(site, id).get("Result");
    assertThat(applying.get("Status").asText()).isEqualTo("Applying");
    assertThat(applying.get("DCV").get(0).get("Type").asText()).isEqualTo("DNS");
    customer.publish(applying);
    JsonNode issued = customer.certificate(site, id);
    assertThat(issued.get("Certificate").asText()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(issued.at("/Result/Status").asText()).isEqualTo("Issued");
    assertThat(issued.at("/Result/SAN").asText()).isEqualTo("www.example.com");
    assertThat(issued.at("/Result/NotAfter").asText())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(customer.refusal("GetCertificate", Map.of("SiteId", site, "Id", "1")))
        .isEqualTo("400 InvalidId");
    assertThat(customer.refusal("GetCertificate", Map.of("SiteId", site)))
        .isEqualTo("400 MissingId");
  }

  private void lists() throws Exception {
    long site = customer.site("CNAME", true);
    String id = customer.applied(site, "www.example.com");
    Map<String, Object> all =
        Map.of("SiteId", site, "PageNumber", 1, "PageSize", 10, "ValidOnly", false);
    JsonNode listed = sdk.call("ListCertificates", all);
    assertThat(listed.get("TotalCount").asInt()).isOne();
    assertThat(listed.get("Result").get(0).get("Id").asText()).isEqualTo(id);
    JsonNode none = sdk.call("ListCertificates", Map.of("SiteId", site, "ValidOnly", true));
    assertThat(none.get("TotalCount").asInt()).isZero();
    assertThat(none.get("Result").isEmpty()).isTrue();
    assertThat(customer.refusal("ListCertificates", Map.of("SiteId", 1L)))
        .isEqualTo("400 SiteNotFound");
  }

  private void listsByRecord() throws Exception {
    long site = customer.site("CNAME", true);
    customer.applied(site, "www.example.com");
    JsonNode listed =
        sdk.call(
            "ListCertificatesByRecord",
            Map.of("SiteId", site, "RecordName", "www.example.com", "Detail", true));
    JsonNode record = listed.get("Result").get(0);
    assertThat(record.get("RecordName").asText()).isEqualTo("www.example.com");
    assertThat(record.get("Status").asText()).isEqualTo("applying");
    assertThat(record.get("ApplylingCount").asInt()).isOne();
    assertThat(record.get("Certificates")).hasSize(1);
    assertThat(customer.refusal("ListCertificatesByRecord", Map.of("SiteId", site)))
        .isEqualTo("400 MissingRecordName");
  }

  private void counts() throws Exception {
    long site = customer.site("CNAME", true);
    customer.applied(site, "www.example.com");
    JsonNode quota = sdk.call("GetCertificateQuota", Map.of("SiteId", site, "Type", "free"));
    assertThat(quota.get("Quota").asInt()).isEqualTo(1000);
    assertThat(quota.get("QuotaUsage").asInt()).isOne();
    assertThat(quota.at("/SiteUsage/0/SiteId").asLong()).isEqualTo(site);
    assertThat(quota.at("/SiteUsage/0/SiteUsage").asInt()).isOne();
    assertThat(customer.refusal("GetCertificateQuota", Map.of("SiteId", site)))
        .isEqualTo("400 MissingType");
    assertThat(customer.refusal("GetCertificateQuota", Map.of("SiteId", site, "Type", "paid")))
        .isEqualTo("400 InvalidParameter.Type");
  }

  private void deletes() throws Exception {
    long site = customer.site("CNAME", true);
    Map<String, Object> named =
        Map.of("SiteId", site, "Id", customer.applied(site, "www.example.com"));
    JsonNode deleted = sdk.call("DeleteCertificate", named);
    assertThat(deleted.get("Id").asText()).isEqualTo(named.get("Id"));
    assertThat(customer.refusal("DeleteCertificate", named)).isEqualTo("400 InvalidId");
  }

  private void sets() throws Exception {
    long site = customer.site("CNAME", true);
    JsonNode set =
        sdk.call(
            "SetCertificate",
            Map.of("SiteId", site, "Type", "cas", "CasId", 30001303, "Name", "demo cert"));
    JsonNode shown = customer.certificate(site, set.get("Id").asText()).get("Result");
    assertThat(shown.get("Name").asText()).isEqualTo("demo cert");
    assertThat(shown.get("Status").asText()).isEqualTo("OK");
    assertThat(customer.refusal("SetCertificate", Map.of("SiteId", site, "Type", "cas")))
        .isEqualTo("400 MissingCasId");
  }
}
