package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DvAuths;
import com.tencentcloudapi.ssl.v20191205.models.SubmitCertificateInformationRequest;

/** Brings the emulated SSL service into a state, by calling it with Tencent Cloud's own SDK. */
record SslCustomer(Emulation sandbox, SslClient sdk) {

  static ApplyCertificateRequest application(String domain) {
    ApplyCertificateRequest request = new ApplyCertificateRequest();
    request.setDvAuthMethod("DNS");
    request.setDomainName(domain);
    return request;
  }

  String applied(String domain) throws Exception {
    return sdk.ApplyCertificate(application(domain)).getCertificateId();
  }

  String issued(String domain) throws Exception {
    String id = applied(domain);
    publish(describe(id));
    assertThat(describe(id).getStatus()).isOne();
    return id;
  }

  String bought(String domain) {
    return sandbox
        .control("POST", "tencent-ssl/paid", "{\"domain\":\"" + domain + "\"}")
        .get("certificateId")
        .asText();
  }

  DescribeCertificateResponse describe(String id) throws Exception {
    DescribeCertificateRequest request = new DescribeCertificateRequest();
    request.setCertificateId(id);
    return sdk.DescribeCertificate(request);
  }

  void publish(DescribeCertificateResponse pending) {
    for (DvAuths proof : pending.getDvAuthDetail().getDvAuths()) {
      sandbox.publish(proof.getDvAuthKey(), proof.getDvAuthVerifyType(), proof.getDvAuthValue());
    }
  }

  static SubmitCertificateInformationRequest information(String id) {
    SubmitCertificateInformationRequest request = new SubmitCertificateInformationRequest();
    request.setCertificateId(id);
    request.setCsrType("online");
    request.setCertificateDomain("*.example.com");
    request.setOrganizationName("Example");
    request.setOrganizationDivision("IT");
    request.setOrganizationAddress("南山区示例路1号");
    request.setOrganizationCountry("CN");
    request.setOrganizationCity("深圳市");
    request.setOrganizationRegion("广东省");
    request.setPhoneAreaCode("0755");
    request.setPhoneNumber("00000000");
    request.setVerifyType("DNS");
    request.setAdminFirstName("A");
    request.setAdminLastName("B");
    request.setAdminPhoneNum("10000000000");
    request.setAdminEmail("admin@example.com");
    request.setAdminPosition("dev");
    request.setContactFirstName("A");
    request.setContactLastName("B");
    request.setContactEmail("admin@example.com");
    request.setContactNumber("10000000000");
    request.setContactPosition("dev");
    return request;
  }
}
