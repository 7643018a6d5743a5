package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import com.tencentcloudapi.teo.v20220901.models.AccelerationDomainCertificate;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.alibaba.esa.AlibabaEsaDeliverer;
import dev.polycert.vendor.huawei.scm.HuaweiScmDeliverer;
import dev.polycert.vendor.tencent.edgeone.EdgeOneDeliverer;
import dev.polycert.vendor.tencent.ssldeploy.TencentSslDeliverer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What we deliver is what the vendors' own SDKs then see, once, whatever is lost or repeated. */
@QuarkusTest
class DeliveryOutcomeTest extends OutcomeTests {
  private static final String DOMAIN = "www.example.com";
  private static final Map<String, String> WAF =
      Map.of("targetService", "WAF", "targetProject", "cn-north-4");

  @Inject TencentSslDeliverer tencent;
  @Inject EdgeOneDeliverer edgeOne;
  @Inject AlibabaEsaDeliverer alibaba;
  @Inject HuaweiScmDeliverer huawei;

  private SslClient ssl;
  private EsaCustomer esa;
  private ScmClient scm;

  @Override
  void connect() {
    ssl = TencentSdk.ssl(sandbox.authority(), TencentSdk.keys());
    esa = new EsaCustomer(sandbox, new EsaSdk(sandbox.authority(), Capture.SECRET));
    scm = ScmSdk.client(sandbox.authority(), Capture.SECRET);
  }

  @Test
  void tencentHasTheCertificateUnderItsDomain() throws Exception {
    CertificateBundle export = issued(DOMAIN);

    String id = delivered(tencent, export, Map.of(), null);

    DescribeCertificateDetailResponse seen = detail(id);
    assertThat(seen.getAlias()).isEqualTo(DOMAIN);
    assertThat(seen.getStatus()).isOne();
    assertThat(seen.getCertificatePublicKey()).isEqualToIgnoringNewLines(export.fullChain());
    assertThat(delivered(tencent, export, Map.of(), null)).as("once").isEqualTo(id);
    String renewed = delivered(tencent, issued(DOMAIN), Map.of("alias", "demo"), id);
    assertThat(renewed).isNotEqualTo(id);
    assertThat(detail(renewed).getAlias()).isEqualTo("demo");
    assertThat(detail(id).getStatus()).as("the old one is left alone").isOne();
  }

  private DescribeCertificateDetailResponse detail(String id) throws Exception {
    DescribeCertificateDetailRequest request = new DescribeCertificateDetailRequest();
    request.setCertificateId(id);
    return ssl.DescribeCertificateDetail(request);
  }

  @Test
  void tencentTakesACertificateOnceAlsoWhenTheAnswerIsLost() throws Exception {
    CertificateBundle export = issued(DOMAIN);
    lose("UploadCertificate");
    assertThat(failure(tencent, export, Map.of())).isInstanceOf(Failure.Unclear.class);

    String id = delivered(tencent, export, Map.of(), null);

    assertThat(ssl.DescribeCertificates(new DescribeCertificatesRequest()).getCertificates())
        .extracting(each -> each.getCertificateId())
        .containsExactly(id);
  }

  @Test
  void edgeOneServesWhatTencentCloudSslHas() throws Exception {
    EdgeOneCustomer customer =
        new EdgeOneCustomer(sandbox, TencentSdk.edgeOne(sandbox.authority(), TencentSdk.keys()));
    String zone = customer.zone();
    Map<String, String> options = Map.of("zoneId", zone);
    CertificateBundle export = issued(DOMAIN);
    lose("ModifyHostsCertificate");
    assertThat(failure(edgeOne, export, options).error().code()).isEqualTo("Deliver.UnderWay");

    String id = inSteps(edgeOne, export, options);

    assertThat(detail(id).getAlias()).isEqualTo(DOMAIN);
    AccelerationDomainCertificate used =
        customer
            .sdk()
            .DescribeAccelerationDomains(EdgeOneCustomer.named(zone, DOMAIN))
            .getAccelerationDomains()[0]
            .getCertificate();
    assertThat(used.getMode()).isEqualTo("sslcert");
    assertThat(used.getList()).extracting(each -> each.getCertId()).containsExactly(id);
    assertThat(calls("ModifyHostsCertificate")).as("though its answer was lost").isOne();
  }

  @Test
  void esaServesTheCertificateAndItsRenewalInItsPlace() throws Exception {
    long site = esa.site("NS", true);
    Map<String, String> options = Map.of("siteId", String.valueOf(site));
    CertificateBundle export = issued(DOMAIN);

    String id = delivered(alibaba, export, options, null);

    JsonNode seen = esa.certificate(site, id);
    assertThat(seen.at("/Result/Type").asText()).isEqualTo("upload");
    assertThat(seen.path("Certificate").asText()).isEqualToIgnoringNewLines(export.fullChain());
    CertificateBundle renewal = issued(DOMAIN);
    assertThat(delivered(alibaba, renewal, options, id)).isEqualTo(id);
    assertThat(esa.certificate(site, id).path("Certificate").asText())
        .isEqualToIgnoringNewLines(renewal.fullChain());
    esa.sdk().call("DeleteCertificate", Map.of("SiteId", site, "Id", id));
    assertThat(delivered(alibaba, renewal, options, id)).as("deleted there").isNotEqualTo(id);
  }

  @Test
  void esaTakesACertificateOnceAlsoWhenTheAnswerIsLost() throws Exception {
    long site = esa.site("NS", true);
    Map<String, String> options = Map.of("siteId", String.valueOf(site));
    CertificateBundle export = issued(DOMAIN);
    lose("SetCertificate");
    assertThat(failure(alibaba, export, options)).isInstanceOf(Failure.Unclear.class);

    delivered(alibaba, export, options, null);

    assertThat(
            esa.sdk().call("ListCertificates", Map.of("SiteId", site)).path("TotalCount").asInt())
        .isOne();
  }

  @Test
  void esaRefusesAnUnknownSite() {
    Failure refused = failure(alibaba, issued(DOMAIN), Map.of("siteId", "1"));

    assertThat(refusal(refused).code()).isEqualTo("SiteNotFound");
    assertThat(refusal(refused).errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  @Test
  void scmHasTheCertificateAndTheServiceACopy() {
    CertificateBundle export = issued(DOMAIN);

    String id = delivered(huawei, export, WAF, null);

    ShowCertificateResponse seen = ScmSdk.show(scm, id);
    assertThat(seen.getStatus()).isEqualTo("UPLOAD");
    assertThat(seen.getDomain()).isEqualTo(DOMAIN);
    assertThat(ScmSdk.export(scm, id).getCertificate())
        .isEqualToIgnoringNewLines(export.certificate());
    assertThat(delivered(huawei, export, Map.of(), null)).as("once").isEqualTo(id);
    assertThat(delivered(huawei, issued(DOMAIN), WAF, id)).isNotEqualTo(id);
    assertThat(calls("PushCertificate")).isEqualTo(2);
  }

  @Test
  void scmTakesACertificateOnceAlsoWhenTheAnswerIsLost() {
    CertificateBundle export = issued(DOMAIN);
    lose("ImportCertificate");
    assertThat(failure(huawei, export, WAF)).isInstanceOf(Failure.Unclear.class);

    String id = delivered(huawei, export, WAF, null);

    assertThat(ScmSdk.list(scm, "UPLOAD", 10).getCertificates())
        .extracting(each -> each.getId())
        .containsExactly(id);
  }

  @Test
  void cdnTakesACertificateOnceAlsoWhenTheAnswerIsLost() {
    CertificateBundle export = issued(DOMAIN);
    Map<String, String> cdn = Map.of("targetService", "CDN");
    assertThat(huawei.wrong(cdn)).isEmpty();
    lose("PushCertificate");
    assertThat(failure(huawei, export, cdn)).isInstanceOf(Failure.Unclear.class);

    assertThat(delivered(huawei, export, cdn, null)).isNotBlank();

    assertThat(calls("PushCertificate")).isEqualTo(2);
  }

  @Test
  void aPushThatFailsIsAFailedDelivery() {
    sandbox.control(
        "POST",
        "faults",
        "{\"operation\":\"PushCertificate\",\"kind\":\"CODE\",\"status\":400,\"code\":\"SCM.0028\","
            + "\"message\":\"push failed\",\"times\":1}");

    Failure refused = failure(huawei, issued(DOMAIN), WAF);

    assertThat(refusal(refused).code()).isEqualTo("SCM.0028");
  }

  @Test
  void optionsAreCheckedBeforehand() {
    assertThat(tencent.wrong(Map.of("projectId", "x"))).containsOnlyKeys("projectId");
    assertThat(alibaba.wrong(Map.of())).containsOnlyKeys("siteId");
    assertThat(huawei.wrong(Map.of("targetService", "S3")))
        .containsOnlyKeys("targetService", "targetProject");
    assertThat(huawei.wrong(Map.of("targetProject", "cn-north-4")))
        .containsOnlyKeys("targetService");
    assertThat(tencent.missing()).isEmpty();
  }

  private void lose(String operation) {
    sandbox.control(
        "POST",
        "faults",
        "{\"operation\":\"" + operation + "\",\"kind\":\"RESET_AFTER\",\"times\":1}");
  }

  private int calls(String operation) {
    return sandbox.control("GET", "calls", "").findPath(operation).asInt();
  }

  private static String delivered(
      Deliverer deliverer,
      CertificateBundle export,
      Map<String, String> options,
      @Nullable String earlier) {
    return value(deliver(deliverer, export, options, earlier));
  }

  private static String inSteps(
      Deliverer deliverer, CertificateBundle export, Map<String, String> options) {
    Map<String, String> state = Map.of();
    for (int i = 0; i < 10; i++) {
      Consignment consignment =
          new Consignment(
              DomainName.parse(DOMAIN),
              export,
              options,
              Consignment.Source.NONE,
              null,
              null,
              List.of(),
              state,
              Map.of());
      Answer<Stage> answer =
          deliverer.advance(consignment, Awaiting.context()).await().atMost(Duration.ofSeconds(30));
      switch (value(answer)) {
        case Stage.Done(String place) -> {
          return place;
        }
        case Stage.UnderWay(var left, _) -> state = left;
      }
    }
    throw new AssertionError("no end: " + state);
  }

  private static Failure failure(
      Deliverer deliverer, CertificateBundle export, Map<String, String> options) {
    Answer<String> result = deliver(deliverer, export, options, null);
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<String>) result).failure();
  }

  private static Answer<String> deliver(
      Deliverer deliverer,
      CertificateBundle export,
      Map<String, String> options,
      @Nullable String earlier) {
    return deliverer
        .deliver(DomainName.parse(DOMAIN), export, options, earlier, Awaiting.context())
        .await()
        .atMost(Duration.ofSeconds(30));
  }
}
