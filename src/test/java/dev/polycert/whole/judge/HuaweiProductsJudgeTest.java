package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.cdn.v2.CdnClient;
import com.huaweicloud.sdk.cdn.v2.model.ConfigsGetBody;
import com.huaweicloud.sdk.cdn.v2.model.ForceRedirect;
import com.huaweicloud.sdk.cdn.v2.model.ShowCertificatesHttpsInfoRequest;
import com.huaweicloud.sdk.cdn.v2.model.ShowCertificatesHttpsInfoResponse;
import com.huaweicloud.sdk.cdn.v2.model.ShowDomainFullConfigRequest;
import com.huaweicloud.sdk.cdn.v2.model.UpdateDomainMultiCertificatesRequest;
import com.huaweicloud.sdk.cdn.v2.model.UpdateDomainMultiCertificatesRequestBody;
import com.huaweicloud.sdk.cdn.v2.model.UpdateDomainMultiCertificatesRequestBodyContent;
import com.huaweicloud.sdk.cdn.v2.model.UpdateDomainMultiCertificatesResponse;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.waf.v1.WafClient;
import com.huaweicloud.sdk.waf.v1.model.ApplyCertificateToHostRequest;
import com.huaweicloud.sdk.waf.v1.model.ApplyCertificateToHostRequestBody;
import com.huaweicloud.sdk.waf.v1.model.ApplyCertificateToHostResponse;
import com.huaweicloud.sdk.waf.v1.model.CreateCertificateRequest;
import com.huaweicloud.sdk.waf.v1.model.CreateCertificateRequestBody;
import com.huaweicloud.sdk.waf.v1.model.CreateCertificateResponse;
import com.huaweicloud.sdk.waf.v1.model.DeleteCertificateRequest;
import com.huaweicloud.sdk.waf.v1.model.ListCertificatesRequest;
import com.huaweicloud.sdk.waf.v1.model.ListCertificatesResponse;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.huawei.CdnEmulator;
import dev.polycert.sandbox.huawei.WafEmulator;
import dev.polycert.testing.Resources;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Huawei Cloud's own SDKs call the operations of the emulated CDN and WAF that we need. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HuaweiProductsJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(ScmSdk.KEYS, CdnEmulator::new, WafEmulator::new);

  private static final String DOMAIN = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final CertificateBundle bundle = issued(DOMAIN);
  private Wire wire;
  private CdnClient cdn;
  private WafClient waf;

  @BeforeAll
  void connect() {
    wire = resources.add(new Wire(SANDBOX.uri("/").getPort()));
    cdn = HuaweiProducts.cdn(wire.authority(), Capture.SECRET);
    waf = HuaweiProducts.waf(wire.authority(), Capture.SECRET);
  }

  @Test
  void cdnsSdkUnderstandsEveryOperation() {
    accelerated("{\"name\":\"www.example.com\",\"originProtocol\":\"follow\"}");

    UpdateDomainMultiCertificatesResponse updated = cdn.updateDomainMultiCertificates(update());
    ScmSdk.assertKnows(wire, updated);
    assertThat(updated.getHttps().getDomainName()).isEqualTo(DOMAIN);

    ConfigsGetBody configs = HuaweiProducts.configs(cdn, DOMAIN);
    assertThat(configs.getHttps().getCertificateValue())
        .isEqualToIgnoringNewLines(bundle.fullChain());
    assertThat(configs.getOriginProtocol()).as("put back to its default").isEqualTo("http");
    assertThat(configs.getForceRedirect().getType()).isEqualTo("https");
    ScmSdk.assertKnows(
        wire, cdn.showDomainFullConfig(new ShowDomainFullConfigRequest().withDomainName(DOMAIN)));

    ShowCertificatesHttpsInfoResponse shown =
        cdn.showCertificatesHttpsInfo(new ShowCertificatesHttpsInfoRequest());
    ScmSdk.assertKnows(wire, shown);
    assertThat(shown.getHttps()).extracting(each -> each.getDomainName()).containsExactly(DOMAIN);
  }

  private UpdateDomainMultiCertificatesRequest update() {
    return new UpdateDomainMultiCertificatesRequest()
        .withBody(
            new UpdateDomainMultiCertificatesRequestBody()
                .withHttps(
                    new UpdateDomainMultiCertificatesRequestBodyContent()
                        .withDomainName(DOMAIN)
                        .withHttpsSwitch(1)
                        .withForceRedirectConfig(
                            new ForceRedirect().withSwitch(1).withRedirectType("https"))
                        .withCertName("demo")
                        .withCertificate(bundle.fullChain())
                        .withPrivateKey(bundle.privateKey().reveal())));
  }

  @Test
  void wafsSdkUnderstandsEveryOperation() {
    String host =
        SANDBOX
            .control("POST", "huawei-waf/host", "{\"hostname\":\"www.example.com\"}")
            .getString("id");

    CreateCertificateResponse created = waf.createCertificate(create("demo"));
    ScmSdk.assertKnows(wire, created);
    ApplyCertificateToHostResponse applied =
        waf.applyCertificateToHost(
            new ApplyCertificateToHostRequest()
                .withCertificateId(created.getId())
                .withBody(new ApplyCertificateToHostRequestBody().withCloudHostIds(List.of(host))));
    ScmSdk.assertKnows(wire, applied);
    assertThat(applied.getBindHost()).extracting(each -> each.getId()).containsExactly(host);

    ListCertificatesResponse listed =
        waf.listCertificates(
            new ListCertificatesRequest().withPage(1).withPagesize(10).withHost(true));
    ScmSdk.assertKnows(wire, listed);
    assertThat(listed.getItems().getFirst().getBindHost().getFirst().getHostname())
        .isEqualTo(DOMAIN);
    assertThat(HuaweiProducts.hosts(waf, created.getId())).containsExactly(DOMAIN);
    assertThat(refusal(() -> delete(created.getId()))).as("in use").startsWith("400");

    String unused = waf.createCertificate(create("unused")).getId();
    delete(unused);
    assertThat(HuaweiProducts.certificates(waf)).containsExactly(created.getId());
  }

  private CreateCertificateRequest create(String name) {
    return new CreateCertificateRequest()
        .withBody(
            new CreateCertificateRequestBody()
                .withName(name)
                .withContent(bundle.fullChain())
                .withKey(bundle.privateKey().reveal()));
  }

  private void delete(String id) {
    waf.deleteCertificate(new DeleteCertificateRequest().withCertificateId(id));
  }

  @Test
  void theSdksAreRefusedWhatTheVendorRefuses() {
    waf.createCertificate(create("demo"));
    assertThat(refusal(() -> waf.createCertificate(create("demo")))).isEqualTo("400 WAF.00011016");
    assertThat(refusal(() -> waf.createCertificate(create("a b")))).isEqualTo("400 WAF.00011005");
    assertThat(refusal(() -> delete("0".repeat(32)))).isEqualTo("400 WAF.00011004");
    assertThat(
            refusal(
                () -> HuaweiProducts.waf(wire.authority(), "no").createCertificate(create("x"))))
        .isEqualTo("401 APIGW.0301");
    assertThat(
            refusal(
                () -> HuaweiProducts.configs(HuaweiProducts.cdn(wire.authority(), "no"), DOMAIN)))
        .isEqualTo("401 APIGW.0301");
    // With the status 200, which the SDK takes for a success without a value.
    cdn.showDomainFullConfig(new ShowDomainFullConfigRequest().withDomainName(DOMAIN));
    assertThat(wire.lastBody()).contains("{\"error\":{\"error_code\":\"CDN.0105\"");
  }

  private static void accelerated(String domain) {
    SANDBOX.control("POST", "huawei-cdn/domain", domain);
  }

  private static String refusal(Runnable call) {
    ServiceResponseException error = ScmSdk.refusal(call::run);
    return error.getHttpStatusCode() + " " + error.getErrorCode();
  }
}
