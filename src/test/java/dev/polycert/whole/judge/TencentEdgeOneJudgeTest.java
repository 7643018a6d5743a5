package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.teo.v20220901.TeoClient;
import com.tencentcloudapi.teo.v20220901.models.AccelerationDomainCertificate;
import com.tencentcloudapi.teo.v20220901.models.AdvancedFilter;
import com.tencentcloudapi.teo.v20220901.models.ApplyFreeCertificateRequest;
import com.tencentcloudapi.teo.v20220901.models.ApplyFreeCertificateResponse;
import com.tencentcloudapi.teo.v20220901.models.CheckFreeCertificateVerificationRequest;
import com.tencentcloudapi.teo.v20220901.models.CheckFreeCertificateVerificationResponse;
import com.tencentcloudapi.teo.v20220901.models.DescribeAccelerationDomainsRequest;
import com.tencentcloudapi.teo.v20220901.models.DescribeAccelerationDomainsResponse;
import com.tencentcloudapi.teo.v20220901.models.DescribeDefaultCertificatesRequest;
import com.tencentcloudapi.teo.v20220901.models.DescribeDefaultCertificatesResponse;
import com.tencentcloudapi.teo.v20220901.models.DescribeZonesRequest;
import com.tencentcloudapi.teo.v20220901.models.DescribeZonesResponse;
import com.tencentcloudapi.teo.v20220901.models.DnsVerification;
import com.tencentcloudapi.teo.v20220901.models.ModifyHostsCertificateRequest;
import com.tencentcloudapi.teo.v20220901.models.ServerCertInfo;
import com.tencentcloudapi.teo.v20220901.models.VerifyOwnershipRequest;
import com.tencentcloudapi.teo.v20220901.models.VerifyOwnershipResponse;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentEdgeOneEmulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tencent Cloud's own SDK calls every operation of the emulated EdgeOne. */
class TencentEdgeOneJudgeTest extends JudgeTests {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(TencentSdk.KEYS, TencentEdgeOneEmulator::new);

  private static final String DOMAIN = "www.example.com";

  private TeoClient sdk;
  private EdgeOneCustomer customer;

  TencentEdgeOneJudgeTest() {
    super(
        SANDBOX,
        new Refusals(
            "AuthFailure.SignatureFailure",
            Duration.ofSeconds(302),
            "AuthFailure.SignatureExpire",
            "zone-000000000001",
            "zone-000000000002"));
  }

  @Override
  void connect(Emulation emulation) {
    sdk = TencentSdk.edgeOne(wire.authority(), TencentSdk.keys());
    customer = new EdgeOneCustomer(emulation, sdk);
  }

  @Override
  List<Judged> operations() {
    return List.of(
        new Judged("ApplyFreeCertificate", this::applies),
        new Judged("CheckFreeCertificateVerification", this::checks),
        new Judged("DescribeAccelerationDomains", this::listsDomains),
        new Judged("DescribeDefaultCertificates", this::listsDefaults),
        new Judged("DescribeZones", this::lists),
        new Judged("ModifyHostsCertificate", this::deploys),
        new Judged("VerifyOwnership", this::verifiesOwnership));
  }

  @Test
  void judgesAllThatIsEmulated() {
    assertThat(operations())
        .extracting(Judged::name)
        .containsExactlyElementsOf(TencentSdk.emulated(sdk));
  }

  @Override
  String code(String authority, String secret, String operation) {
    TeoClient client = TencentSdk.edgeOne(authority, new Credential(Capture.KEY_ID, secret));
    return TencentSdk.code(client, operation, "{\"ZoneId\":\"zone-000000000001\"}");
  }

  // --- the operations ---

  private void lists() throws Exception {
    DescribeZonesRequest request = new DescribeZonesRequest();
    AdvancedFilter name = new AdvancedFilter();
    name.setName("zone-name");
    name.setValues(new String[] {"example.com"});
    request.setFilters(new AdvancedFilter[] {name});
    DescribeZonesResponse listed = sdk.DescribeZones(request);
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getTotalCount()).isOne();
    assertThat(listed.getZones()[0].getZoneId()).startsWith("zone-");
    assertThat(listed.getZones()[0].getType()).isEqualTo("partial");
    request.setLimit(101L);
    assertThat(TencentSdk.refusal(() -> sdk.DescribeZones(request)).getErrorCode())
        .isEqualTo("InvalidParameter");
  }

  private void applies() throws Exception {
    ApplyFreeCertificateRequest request = customer.application(DOMAIN, "dns_challenge");
    ApplyFreeCertificateResponse dns = sdk.ApplyFreeCertificate(request);
    TencentSdk.assertKnows(wire, dns);
    assertThat(dns.getFileVerification()).isNull();
    assertThat(dns.getDnsVerification().getSubdomain())
        .isEqualTo("_acme-challenge.www.example.com");
    assertThat(dns.getDnsVerification().getRecordType()).isEqualTo("CNAME");
    request.setVerificationMethod("http_challenge");
    ApplyFreeCertificateResponse file = sdk.ApplyFreeCertificate(request);
    TencentSdk.assertKnows(wire, file);
    assertThat(file.getDnsVerification()).isNull();
    assertThat(file.getFileVerification().getPath()).startsWith("/.well-known/");
    assertThat(file.getFileVerification().getContent()).isNotBlank();
    request.setZoneId("zone-000000000001");
    assertThat(TencentSdk.refusal(() -> sdk.ApplyFreeCertificate(request)).getErrorCode())
        .isEqualTo("ResourceUnavailable.ZoneNotFound");
  }

  private void checks() throws Exception {
    ApplyFreeCertificateRequest application = customer.application(DOMAIN, "dns_challenge");
    DnsVerification record = sdk.ApplyFreeCertificate(application).getDnsVerification();
    CheckFreeCertificateVerificationRequest request = EdgeOneCustomer.check(application);
    assertThat(
            TencentSdk.refusal(() -> sdk.CheckFreeCertificateVerification(request)).getErrorCode())
        .isEqualTo("ResourceUnavailable.RecordUnExpected");
    customer.publish(record);
    CheckFreeCertificateVerificationResponse checked =
        sdk.CheckFreeCertificateVerification(request);
    TencentSdk.assertKnows(wire, checked);
    assertThat(checked.getCommonName()).isEqualTo("www.example.com");
    assertThat(checked.getSignatureAlgorithm()).isEqualTo("RSA 2048");
    assertThat(Instant.parse(checked.getExpireTime()))
        .isAfter(Instant.now().plus(Duration.ofDays(89)));
  }

  private void listsDomains() throws Exception {
    DescribeAccelerationDomainsRequest request =
        EdgeOneCustomer.named(customer.issued(DOMAIN), DOMAIN);
    DescribeAccelerationDomainsResponse listed = sdk.DescribeAccelerationDomains(request);
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getAccelerationDomains()[0].getDomainName()).isEqualTo("www.example.com");
    assertThat(listed.getAccelerationDomains()[0].getCertificate()).isNull();
    request.setZoneId("zone-000000000001");
    assertThat(TencentSdk.refusal(() -> sdk.DescribeAccelerationDomains(request)).getErrorCode())
        .isEqualTo("ResourceUnavailable.ZoneNotFound");
  }

  private void deploys() throws Exception {
    String zone = customer.issued(DOMAIN);
    ModifyHostsCertificateRequest request = EdgeOneCustomer.deployment(zone, DOMAIN);
    TencentSdk.assertKnows(wire, sdk.ModifyHostsCertificate(request));
    DescribeAccelerationDomainsResponse listed =
        sdk.DescribeAccelerationDomains(EdgeOneCustomer.named(zone, DOMAIN));
    TencentSdk.assertKnows(wire, listed);
    AccelerationDomainCertificate deployed = listed.getAccelerationDomains()[0].getCertificate();
    assertThat(deployed.getMode()).isEqualTo("eofreecert_manual");
    assertThat(deployed.getList()[0].getStatus()).isEqualTo("deployed");
    request.setHosts(new String[] {"other.example.com"});
    assertThat(TencentSdk.refusal(() -> sdk.ModifyHostsCertificate(request)).getErrorCode())
        .isEqualTo("ResourceUnavailable.CertNotFound");
    deploysACertificateOfTencentSsl(zone);
  }

  private void deploysACertificateOfTencentSsl(String zone) throws Exception {
    ModifyHostsCertificateRequest request = EdgeOneCustomer.deployment(zone, DOMAIN);
    request.setMode("sslcert");
    assertThat(TencentSdk.refusal(() -> sdk.ModifyHostsCertificate(request)).getErrorCode())
        .isEqualTo("ResourceUnavailable.CertNotFound");
    ServerCertInfo certificate = new ServerCertInfo();
    certificate.setCertId("a9TsmZkL");
    request.setServerCertInfo(new ServerCertInfo[] {certificate});
    TencentSdk.assertKnows(wire, sdk.ModifyHostsCertificate(request));
    AccelerationDomainCertificate deployed =
        sdk.DescribeAccelerationDomains(EdgeOneCustomer.named(zone, DOMAIN))
            .getAccelerationDomains()[0]
            .getCertificate();
    assertThat(deployed.getMode()).isEqualTo("sslcert");
    assertThat(deployed.getList()[0].getCertId()).isEqualTo("a9TsmZkL");
  }

  private void verifiesOwnership() throws Exception {
    VerifyOwnershipRequest request = new VerifyOwnershipRequest();
    request.setDomain("example.com");
    VerifyOwnershipResponse verified = sdk.VerifyOwnership(request);
    TencentSdk.assertKnows(wire, verified);
    assertThat(verified.getStatus()).isEqualTo("success");
  }

  private void listsDefaults() throws Exception {
    DescribeDefaultCertificatesRequest request = new DescribeDefaultCertificatesRequest();
    request.setZoneId(customer.zone());
    DescribeDefaultCertificatesResponse listed = sdk.DescribeDefaultCertificates(request);
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getTotalCount()).isZero();
    request.setLimit(101L);
    assertThat(TencentSdk.refusal(() -> sdk.DescribeDefaultCertificates(request)).getErrorCode())
        .isEqualTo("InvalidParameter");
  }
}
