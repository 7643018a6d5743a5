package dev.polycert.whole.judge;

import com.tencentcloudapi.teo.v20220901.TeoClient;
import com.tencentcloudapi.teo.v20220901.models.AccelerationDomain;
import com.tencentcloudapi.teo.v20220901.models.AdvancedFilter;
import com.tencentcloudapi.teo.v20220901.models.ApplyFreeCertificateRequest;
import com.tencentcloudapi.teo.v20220901.models.CheckFreeCertificateVerificationRequest;
import com.tencentcloudapi.teo.v20220901.models.DescribeAccelerationDomainsRequest;
import com.tencentcloudapi.teo.v20220901.models.DnsVerification;
import com.tencentcloudapi.teo.v20220901.models.ModifyHostsCertificateRequest;

/** Brings the emulated EdgeOne into a state, by calling it with Tencent Cloud's own SDK. */
record EdgeOneCustomer(Emulation sandbox, TeoClient sdk) {

  /** The site of example.com. */
  String zone() {
    return sandbox
        .control("POST", "tencent-edgeone/zones", "{\"zoneName\":\"example.com\"}")
        .get("zoneId")
        .asText();
  }

  ApplyFreeCertificateRequest application(String domain, String method) {
    ApplyFreeCertificateRequest request = new ApplyFreeCertificateRequest();
    request.setZoneId(zone());
    request.setDomain(domain);
    request.setVerificationMethod(method);
    return request;
  }

  static CheckFreeCertificateVerificationRequest check(ApplyFreeCertificateRequest application) {
    CheckFreeCertificateVerificationRequest request = new CheckFreeCertificateVerificationRequest();
    request.setZoneId(application.getZoneId());
    request.setDomain(application.getDomain());
    return request;
  }

  /** The site of the domain, which has its certificate. */
  String issued(String domain) throws Exception {
    ApplyFreeCertificateRequest application = application(domain, "dns_challenge");
    publish(sdk.ApplyFreeCertificate(application).getDnsVerification());
    sdk.CheckFreeCertificateVerification(check(application));
    return application.getZoneId();
  }

  void publish(DnsVerification record) {
    sandbox.publish(record.getSubdomain(), "CNAME", record.getRecordValue());
  }

  static ModifyHostsCertificateRequest deployment(String zone, String domain) {
    ModifyHostsCertificateRequest request = new ModifyHostsCertificateRequest();
    request.setZoneId(zone);
    request.setHosts(new String[] {domain});
    request.setMode("eofreecert_manual");
    return request;
  }

  static DescribeAccelerationDomainsRequest named(String zone, String domain) {
    DescribeAccelerationDomainsRequest request = new DescribeAccelerationDomainsRequest();
    request.setZoneId(zone);
    AdvancedFilter name = new AdvancedFilter();
    name.setName("domain-name");
    name.setValues(new String[] {domain});
    request.setFilters(new AdvancedFilter[] {name});
    return request;
  }

  AccelerationDomain host(String zone, String domain) throws Exception {
    return sdk.DescribeAccelerationDomains(named(zone, domain)).getAccelerationDomains()[0];
  }
}
