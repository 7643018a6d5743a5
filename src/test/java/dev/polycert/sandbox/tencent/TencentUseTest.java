package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deployments and downloads of certificates that were issued. */
class TencentUseTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(Tencent.CREDENTIALS, TencentSslEmulator::new, TencentEdgeOneEmulator::new);

  private static final Tencent SSL = new Tencent(SANDBOX, "2019-12-05");
  private static final Tencent EDGE_ONE = new Tencent(SANDBOX, "2022-09-01");

  private static String zone() {
    return SANDBOX
        .control("POST", "tencent-edgeone/zones", "{\"zoneName\":\"example.com\"}")
        .getString("zoneId");
  }

  private static String host(String zone, String more) {
    return "{\"ZoneId\":\"%s\"%s}".formatted(zone, more);
  }

  private static String deploy(String zone, String host, String mode) {
    return host(zone, ",\"Hosts\":[\"%s\"],\"Mode\":\"%s\"".formatted(host, mode));
  }

  private static JsonObject domain(String zone, String host) {
    String filter = ",\"Filters\":[{\"Name\":\"domain-name\",\"Values\":[\"%s\"]}]".formatted(host);
    JsonArray found =
        EDGE_ONE
            .call("DescribeAccelerationDomains", host(zone, filter))
            .getJsonArray("AccelerationDomains");
    assertThat(found).hasSize(1);
    return found.getJsonObject(0);
  }

  private static void issue(String zone, String domain) {
    String request = host(zone, ",\"Domain\":\"" + domain + "\"");
    JsonObject record =
        EDGE_ONE
            .call(
                "ApplyFreeCertificate",
                host(
                    zone,
                    ",\"Domain\":\"%s\",\"VerificationMethod\":\"dns_challenge\""
                        .formatted(domain)))
            .getJsonObject("DnsVerification");
    SANDBOX.control(
        "PUT",
        "dns",
        new JsonArray()
            .add(
                new JsonObject()
                    .put("name", record.getString("Subdomain"))
                    .put("type", "CNAME")
                    .put("value", record.getString("RecordValue")))
            .encode());
    EDGE_ONE.call("CheckFreeCertificateVerification", request);
  }

  @Test
  void deploysAFreeCertificateOnceItIsIssued() {
    SANDBOX.control("PUT", "tencent-edgeone/settings", "{\"deployDelay\":\"PT1M\"}");
    String zone = zone();
    String request = deploy(zone, "www.example.com", "eofreecert_manual");
    assertThat(domain(zone, "www.example.com").getJsonObject("Certificate")).isNull();
    assertThat(EDGE_ONE.error("ModifyHostsCertificate", request))
        .isEqualTo("ResourceUnavailable.CertNotFound");

    issue(zone, "www.example.com");
    EDGE_ONE.call("ModifyHostsCertificate", request);

    assertThat(status(zone)).isEqualTo("processing");
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT2M\"}");
    assertThat(status(zone)).isEqualTo("deployed");
    EDGE_ONE.call("ModifyHostsCertificate", deploy(zone, "www.example.com", "disable"));
    assertThat(domain(zone, "www.example.com").getJsonObject("Certificate")).isNull();
  }

  private static String status(String zone) {
    JsonObject certificate = domain(zone, "www.example.com").getJsonObject("Certificate");
    assertThat(certificate.getString("Mode")).isEqualTo("eofreecert_manual");
    return certificate.getJsonArray("List").getJsonObject(0).getString("Status");
  }

  @Test
  void refusesWhatItDoesNotHave() {
    String zone = zone();

    assertThat(EDGE_ONE.error("ModifyHostsCertificate", deploy(zone, "www.other.com", "disable")))
        .isEqualTo("ResourceUnavailable.HostNotFound");
    assertThat(EDGE_ONE.error("ModifyHostsCertificate", deploy(zone, "www.example.com", "magic")))
        .isEqualTo("InvalidParameter");
    assertThat(EDGE_ONE.error("DescribeAccelerationDomains", host("zone-none", "")))
        .isEqualTo("ResourceUnavailable.ZoneNotFound");
    assertThat(
            EDGE_ONE.call("DescribeDefaultCertificates", host(zone, "")).getInteger("TotalCount"))
        .isZero();
  }

  @Test
  void namesADownloadOnlyOfWhatIsIssued() {
    String id =
        SANDBOX
            .control("POST", "tencent-ssl/paid", "{\"domain\":\"www.example.com\"}")
            .getString("certificateId");

    assertThat(SSL.error("DescribeDownloadCertificateUrl", "{\"CertificateId\":\"" + id + "\"}"))
        .isEqualTo("FailedOperation.CertificateNotAllowDownload");
    assertThat(
            SSL.error(
                "DescribeDownloadCertificateUrl",
                "{\"CertificateId\":\"" + id + "\",\"ServiceType\":\"abacus\"}"))
        .isEqualTo("FailedOperation.CertificateDownloadServiceTypeNotSupport");
  }
}
