package dev.polycert.whole.judge;

import com.huaweicloud.sdk.cdn.v2.CdnClient;
import com.huaweicloud.sdk.cdn.v2.model.ConfigsGetBody;
import com.huaweicloud.sdk.cdn.v2.model.ShowDomainFullConfigRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.auth.GlobalCredentials;
import com.huaweicloud.sdk.waf.v1.WafClient;
import com.huaweicloud.sdk.waf.v1.model.BindHost;
import com.huaweicloud.sdk.waf.v1.model.ListCertificatesRequest;
import com.huaweicloud.sdk.waf.v1.model.ShowCertificateRequest;
import com.huaweicloud.sdk.waf.v1.model.ShowCertificateResponse;
import java.util.List;

/** Huawei Cloud's SDKs of products that certificates are delivered to, pointed at the sandbox. */
final class HuaweiProducts {
  private HuaweiProducts() {}

  static CdnClient cdn(String authority, String secret) {
    return CdnClient.newBuilder()
        .withCredential(
            new GlobalCredentials()
                .withAk(Capture.KEY_ID)
                .withSk(secret)
                .withDomainId("0123456789abcdef0123456789abcdef"))
        .withEndpoint("http://" + authority)
        .build();
  }

  static WafClient waf(String authority, String secret) {
    return WafClient.newBuilder()
        .withCredential(
            new BasicCredentials()
                .withAk(Capture.KEY_ID)
                .withSk(secret)
                .withProjectId(ScmSdk.PROJECT))
        .withEndpoint("http://" + authority)
        .build();
  }

  static ConfigsGetBody configs(CdnClient cdn, String domain) {
    return cdn.showDomainFullConfig(new ShowDomainFullConfigRequest().withDomainName(domain))
        .getConfigs();
  }

  static ShowCertificateResponse show(WafClient waf, String id) {
    return waf.showCertificate(new ShowCertificateRequest().withCertificateId(id));
  }

  static List<String> hosts(WafClient waf, String id) {
    return show(waf, id).getBindHost().stream().map(BindHost::getHostname).sorted().toList();
  }

  /** The ids of all certificates of WAF. */
  static List<String> certificates(WafClient waf) {
    return waf
        .listCertificates(new ListCertificatesRequest().withPage(1).withPagesize(100))
        .getItems()
        .stream()
        .map(item -> item.getId())
        .toList();
  }
}
