package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TencentEdgeOneTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(Tencent.CREDENTIALS, TencentEdgeOneEmulator::new, TencentSslEmulator::new);

  private static final Tencent EDGE_ONE = new Tencent(SANDBOX, "2022-09-01");

  @Test
  void findsTheSiteOfADomainByTheNamesAboveIt() {
    List<String> found =
        zoneNames("\"a.b.example.com\",\"b.example.com\",\"example.com\",\"com\"", false);

    assertThat(found).containsExactly("example.com");
    assertThat(EDGE_ONE.call("DescribeZones", "{}").getInteger("TotalCount")).isEqualTo(1);
    assertThat(zoneNames("\"exam\"", true)).containsExactly("example.com");
  }

  @Test
  void hasOnlyTheSitesThatTheAccountOwns() {
    SANDBOX.control("PUT", "settings", "{\"domains\":[\"mine.test\",\"own.co.uk\"]}");

    assertThat(zoneNames("\"example.com\"", false)).isEmpty();
    assertThat(EDGE_ONE.call("DescribeZones", "{\"Limit\":1,\"Offset\":1}").getJsonArray("Zones"))
        .singleElement()
        .returns("own.co.uk", zone -> ((JsonObject) zone).getString("ZoneName"));
  }

  @Test
  void swapsTheValuesAsInTheOfficialSample() {
    SANDBOX.control("PUT", "tencent-edgeone/settings", "{\"dnsForm\":\"SAMPLE\"}");
    String zone = zone("example.com");

    JsonObject record =
        apply(zone, "www.example.com", "dns_challenge").getJsonObject("DnsVerification");

    assertThat(record.getString("RecordValue")).isEqualTo("_acme-challenge");
    cname("_acme-challenge.www.example.com", record.getString("Subdomain"));
    assertThat(check(zone, "www.example.com").getString("CommonName")).isEqualTo("www.example.com");
  }

  @Test
  void validatesByFile() {
    String zone = zone("example.com");
    JsonObject file =
        apply(zone, "www.example.com", "http_challenge").getJsonObject("FileVerification");
    SANDBOX.control(
        "PUT",
        "files",
        new JsonObject()
            .put("host", "www.example.com")
            .put("path", file.getString("Path"))
            .put("content", file.getString("Content"))
            .encode());

    assertThat(check(zone, "www.example.com").getString("CommonName")).isEqualTo("www.example.com");
  }

  @Test
  void closesAfterTwoDaysAndOpensAgainOnANewApplication() {
    String zone = zone("example.com");
    JsonObject record =
        apply(zone, "www.example.com", "dns_challenge").getJsonObject("DnsVerification");
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT48H\"}");
    cname(record.getString("Subdomain"), record.getString("RecordValue"));

    assertThat(checkError(zone, "www.example.com"))
        .isEqualTo("ResourceUnavailable.RecordUnExpected");
    apply(zone, "www.example.com", "dns_challenge");
    assertThat(check(zone, "www.example.com").getString("CommonName")).isNotBlank();
    assertThat(SANDBOX.control("GET", "ledger", "").getInteger("total")).isEqualTo(2);
  }

  @Test
  void continuesAnOpenApplicationWhenItIsRepeated() {
    String zone = zone("example.com");

    JsonObject first = apply(zone, "a.example.com", "dns_challenge");
    JsonObject second = apply(zone, "a.example.com", "dns_challenge");

    assertThat(second.getJsonObject("DnsVerification"))
        .isEqualTo(first.getJsonObject("DnsVerification"));
    assertThat(SANDBOX.control("GET", "ledger", "").getInteger("total")).isEqualTo(1);
  }

  @Test
  void usesAnIssuedWildcardForTheNamesUnderIt() {
    String zone = zone("example.com");
    JsonObject record =
        apply(zone, "*.example.com", "dns_challenge").getJsonObject("DnsVerification");
    cname(record.getString("Subdomain"), record.getString("RecordValue"));
    check(zone, "*.example.com");

    assertThat(check(zone, "www.example.com").getString("CommonName")).isEqualTo("*.example.com");
  }

  @Test
  void refusesWrongSitesAndDomains() {
    String zone = zone("example.com");
    String full =
        SANDBOX
            .control(
                "POST", "tencent-edgeone/zones", "{\"zoneName\":\"ns.test\",\"type\":\"full\"}")
            .getString("zoneId");

    assertThat(applyError("zone-unknown", "www.example.com"))
        .isEqualTo("ResourceUnavailable.ZoneNotFound");
    assertThat(applyError(zone, "www.other.test")).isEqualTo("ResourceUnavailable.DomainNotFound");
    assertThat(applyError(full, "www.ns.test")).isEqualTo("OperationDenied");
    assertThat(checkError(zone, "www.example.com")).isEqualTo("ResourceUnavailable.DomainNotFound");
  }

  private static List<String> zoneNames(String names, boolean fuzzy) {
    return EDGE_ONE
        .call(
            "DescribeZones",
            "{\"Filters\":[{\"Name\":\"zone-name\",\"Values\":[%s],\"Fuzzy\":%s}]}"
                .formatted(names, fuzzy))
        .getJsonArray("Zones")
        .stream()
        .map(zone -> ((JsonObject) zone).getString("ZoneName"))
        .toList();
  }

  private static String zone(String name) {
    return EDGE_ONE
        .call(
            "DescribeZones",
            "{\"Filters\":[{\"Name\":\"zone-name\",\"Values\":[\"%s\"]}]}".formatted(name))
        .getJsonArray("Zones")
        .getJsonObject(0)
        .getString("ZoneId");
  }

  private static String body(String zone, String domain) {
    return "{\"ZoneId\":\"%s\",\"Domain\":\"%s\"}".formatted(zone, domain);
  }

  private static JsonObject apply(String zone, String domain, String method) {
    return EDGE_ONE.call(
        "ApplyFreeCertificate",
        new JsonObject(body(zone, domain)).put("VerificationMethod", method).encode());
  }

  private static String applyError(String zone, String domain) {
    return EDGE_ONE.error(
        "ApplyFreeCertificate",
        new JsonObject(body(zone, domain)).put("VerificationMethod", "dns_challenge").encode());
  }

  private static JsonObject check(String zone, String domain) {
    return EDGE_ONE.call("CheckFreeCertificateVerification", body(zone, domain));
  }

  private static String checkError(String zone, String domain) {
    return EDGE_ONE.error("CheckFreeCertificateVerification", body(zone, domain));
  }

  private static void cname(String name, String target) {
    SANDBOX.control(
        "PUT",
        "dns",
        new JsonObject().put("name", name).put("type", "CNAME").put("value", target).encode());
  }
}
