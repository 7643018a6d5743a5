package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.ScmMeta;
import com.huaweicloud.sdk.scm.v3.model.Authentification;
import com.huaweicloud.sdk.scm.v3.model.BatchPushCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.CancelCertificateRequestResponse;
import com.huaweicloud.sdk.scm.v3.model.CertificateDetail;
import com.huaweicloud.sdk.scm.v3.model.ExportCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.ListCertificatesResponse;
import com.huaweicloud.sdk.scm.v3.model.ListDeployedResourcesResponse;
import com.huaweicloud.sdk.scm.v3.model.ResultDetail;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.SubscribeCertificateResponse;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.huawei.ScmEmulator;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Huawei Cloud's own SDK calls every operation of the emulated SCM that it knows. */
class ScmJudgeTest extends JudgeTests {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(ScmSdk.KEYS, ScmEmulator::new);

  /** How an operation is called when nothing but the credentials matters. */
  private static final Map<String, BiConsumer<ScmClient, String>> CALLS =
      Map.ofEntries(
          Map.entry("applyCertificate", (c, id) -> ScmSdk.apply(c, id, "www.example.com")),
          Map.entry("batchPushCertificate", (c, id) -> ScmSdk.pushToMany(c, id, "ELB")),
          Map.entry("cancelCertificateRequest", ScmSdk::cancel),
          Map.entry("deleteCertificate", ScmSdk::delete),
          Map.entry("deployCertificate", (c, id) -> ScmSdk.deploy(c, id, "CDN")),
          Map.entry("exportCertificate", ScmSdk::export),
          Map.entry("importCertificate", (c, id) -> ScmSdk.importOwn(c, "x", "x", "x")),
          Map.entry("listCertificates", (c, id) -> ScmSdk.list(c, "ALL", 10)),
          Map.entry("listDeployedResources", (c, id) -> ScmSdk.deployed(c, id, "ALL")),
          Map.entry("pushCertificate", (c, id) -> ScmSdk.push(c, id, "WAF")),
          Map.entry("showCertificate", ScmSdk::show),
          Map.entry("subscribeCertificate", (c, id) -> ScmSdk.buy(c, 1)),
          Map.entry("unsubscribeCertificate", ScmSdk::giveBack));

  private static final String NONE = "scs0000000000001";

  private ScmClient sdk;
  private ScmCustomer customer;

  ScmJudgeTest() {
    super(
        SANDBOX,
        new Refusals(
            "APIGW.0301 verify aksk signature fail",
            Duration.ofSeconds(902),
            "APIGW.0301 the X-Sdk-Date is expired",
            "X-Project-Id: 0",
            "X-Project-Id: 1"));
  }

  @Override
  void connect(Emulation emulation) {
    sdk = ScmSdk.client(wire.authority(), Capture.SECRET);
    customer = new ScmCustomer(emulation, sdk);
  }

  @Override
  List<Judged> operations() {
    return List.of(
        new Judged("applyCertificate", this::applies),
        new Judged("batchPushCertificate", this::pushesToMany),
        new Judged("cancelCertificateRequest", this::cancels),
        new Judged("deleteCertificate", this::deletes),
        new Judged("deployCertificate", this::deploys),
        new Judged("exportCertificate", this::exports),
        new Judged("importCertificate", this::imports),
        new Judged("listCertificates", this::lists),
        new Judged("listDeployedResources", this::listsDeployed),
        new Judged("pushCertificate", this::pushes),
        new Judged("showCertificate", this::shows),
        new Judged("subscribeCertificate", this::buys),
        new Judged("unsubscribeCertificate", this::givesBack));
  }

  @Test
  void judgesAllThatIsEmulated() throws Exception {
    List<String> emulated = new ArrayList<>();
    for (Field field : ScmMeta.class.getFields()) {
      HttpRequestDef<?, ?> definition = (HttpRequestDef<?, ?>) field.get(null);
      String path = definition.getUri().replaceAll("\\{\\w+}", NONE);
      String answer = SANDBOX.send(definition.getMethod().name(), path, "").body();
      if (!answer.contains("APIGW.0101")) {
        emulated.add(field.getName());
      }
    }
    assertThat(operations()).extracting(Judged::name).containsExactlyInAnyOrderElementsOf(emulated);
  }

  @Test
  void isRefusedWithATamperedBody() throws IOException {
    try (Wire altered = new Wire(SANDBOX.uri("/").getPort())) {
      altered.tamper("www.example.com", "www.example.org");
      ScmClient victim = ScmSdk.client(altered.authority(), Capture.SECRET);
      assertThat(refusal(() -> ScmSdk.apply(victim, NONE, "www.example.com")))
          .startsWith("401 APIGW.0301");
    }
  }

  /** One code stands for all that may be wrong with a signature; its message says which. */
  @Override
  String code(String authority, String secret, String operation) {
    ScmClient client = ScmSdk.client(authority, secret);
    ServiceResponseException error =
        ScmSdk.refusal(() -> CALLS.get(operation).accept(client, NONE));
    return error.getErrorCode() + error.getErrorMsg().replaceFirst(".*:", "");
  }

  private static String refusal(Runnable call) {
    ServiceResponseException error = ScmSdk.refusal(call::run);
    return error.getHttpStatusCode() + " " + error.getErrorCode() + " " + error.getErrorMsg();
  }

  // --- the operations ---

  private void buys() {
    SubscribeCertificateResponse bought = ScmSdk.buy(sdk, 1);
    ScmSdk.assertKnows(wire, bought);
    assertThat(bought.getOrderId()).isNotBlank();
    assertThat(bought.getCert()).singleElement().extracting("certId").asString().hasSize(16);
    SANDBOX.control("PUT", "settings", "{\"quota\":{\"huawei-scm\":1}}");
    assertThat(refusal(() -> ScmSdk.buy(sdk, 1))).startsWith("400 SCM.0011");
    assertThat(refusal(() -> ScmSdk.buy(sdk, 101))).startsWith("400 SCM.0005");
  }

  private void givesBack() {
    String id = customer.bought();
    assertThat(ScmSdk.giveBack(sdk, id)).isEqualTo("success");
    assertThat(refusal(() -> ScmSdk.show(sdk, id))).startsWith("400 SCM.0008");
  }

  private void applies() {
    String id = customer.bought();
    assertThat(ScmSdk.apply(sdk, id, "www.example.com")).isEqualTo("success");
    assertThat(refusal(() -> ScmSdk.apply(sdk, id, "www.example.com"))).startsWith("400 SCM.0010");
    assertThat(refusal(() -> ScmSdk.apply(sdk, customer.bought(), "*.example.com")))
        .startsWith("400 SCM.0015");
    assertThat(refusal(() -> ScmSdk.apply(sdk, "short", "a.example.com")))
        .startsWith("400 SCM.0020");
    assertThat(refusal(() -> ScmSdk.apply(sdk, NONE, "a.example.com"))).startsWith("400 SCM.0008");
  }

  private void shows() {
    String id = customer.applied("www.example.com");
    ShowCertificateResponse pending = ScmSdk.show(sdk, id);
    ScmSdk.assertKnows(wire, pending);
    assertThat(pending.getStatus()).isEqualTo("CHECKING");
    assertThat(pending.getApplicationInfo().getApplicantName()).isEqualTo("张三");
    Authentification proof = pending.getAuthentification().getFirst();
    assertThat(proof.getRecordName()).isEqualTo("_dnsauth.www.example.com");
    assertThat(proof.getRecordType()).isEqualTo("TXT");
    customer.publish(proof);
    ShowCertificateResponse issued = ScmSdk.show(sdk, id);
    ScmSdk.assertKnows(wire, issued);
    assertThat(issued.getStatus()).isEqualTo("ISSUED");
    assertThat(issued.getDomain()).isEqualTo("www.example.com");
    assertThat(issued.getNotAfter()).isNotBlank();
    assertThat(refusal(() -> ScmSdk.show(sdk, NONE))).startsWith("400 SCM.0008");
  }

  private void lists() {
    String id = customer.applied("www.example.com");
    ListCertificatesResponse listed = ScmSdk.list(sdk, "ALL", 10);
    ScmSdk.assertKnows(wire, listed);
    assertThat(listed.getTotalCount()).isEqualTo(101);
    assertThat(listed.getCertificates()).hasSize(10);
    CertificateDetail first = listed.getCertificates().getFirst();
    assertThat(first.getId()).isEqualTo(id);
    assertThat(first.getDomain()).isEqualTo("www.example.com");
    assertThat(ScmSdk.list(sdk, "CHECKING", 10).getCertificates()).hasSize(1);
    assertThat(refusal(() -> ScmSdk.list(sdk, "ALL", 11))).startsWith("400 SCM.0005");
  }

  private void cancels() {
    String id = customer.applied("www.example.com");
    CancelCertificateRequestResponse cancelled = ScmSdk.cancel(sdk, id);
    ScmSdk.assertKnows(wire, cancelled);
    assertThat(cancelled.getCertId()).isEqualTo(id);
    assertThat(cancelled.getMessage()).isEqualTo("success");
    assertThat(refusal(() -> ScmSdk.cancel(sdk, id))).startsWith("400 SCM.0010");
  }

  private void deletes() {
    String id = customer.issued("www.example.com");
    ScmSdk.delete(sdk, id);
    assertThat(refusal(() -> ScmSdk.delete(sdk, id))).startsWith("400 SCM.0008");
  }

  private void exports() {
    ExportCertificateResponse exported = ScmSdk.export(sdk, customer.issued("www.example.com"));
    ScmSdk.assertKnows(wire, exported);
    assertThat(exported.getEntireCertificate()).startsWith(exported.getCertificate().strip());
    assertThat(exported.getPrivateKey()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(refusal(() -> ScmSdk.export(sdk, customer.bought()))).startsWith("400 SCM.0010");
  }

  private void imports() {
    ExportCertificateResponse own = ScmSdk.export(sdk, customer.issued("www.example.com"));
    String id =
        ScmSdk.importOwn(sdk, own.getCertificate(), own.getCertificateChain(), own.getPrivateKey());
    ShowCertificateResponse shown = ScmSdk.show(sdk, id);
    ScmSdk.assertKnows(wire, shown);
    assertThat(shown.getStatus()).isEqualTo("UPLOAD");
    assertThat(refusal(() -> ScmSdk.importOwn(sdk, "none", "", own.getPrivateKey())))
        .startsWith("400 SCM.0006");
    assertThat(refusal(() -> ScmSdk.importOwn(sdk, own.getCertificate(), "", "none")))
        .startsWith("400 SCM.0012");
    ExportCertificateResponse other = ScmSdk.export(sdk, customer.issued("b.example.com"));
    assertThat(
            refusal(() -> ScmSdk.importOwn(sdk, own.getCertificate(), "", other.getPrivateKey())))
        .startsWith("400 SCM.0014");
  }

  private void pushes() {
    String id = customer.issued("www.example.com");
    ScmSdk.push(sdk, id, "WAF");
    assertThat(refusal(() -> ScmSdk.push(sdk, id, "MAIL"))).startsWith("400 SCM.0030");
    assertThat(refusal(() -> ScmSdk.push(sdk, customer.bought(), "WAF")))
        .startsWith("400 SCM.0010");
  }

  private void deploys() {
    String id = customer.issued("www.example.com");
    assertThat(ScmSdk.deploy(sdk, id, "CDN")).isEmpty();
    assertThat(refusal(() -> ScmSdk.deploy(sdk, id, "MAIL"))).startsWith("400 SCM.0030");
  }

  private void pushesToMany() {
    String id = customer.issued("www.example.com");
    BatchPushCertificateResponse pushed = ScmSdk.pushToMany(sdk, id, "ELB");
    ScmSdk.assertKnows(wire, pushed);
    assertThat(pushed.getResults())
        .extracting(each -> each.getProjectName())
        .containsExactly("cn-north-4", "cn-east-3");
    assertThat(refusal(() -> ScmSdk.pushToMany(sdk, id, "MAIL"))).startsWith("400 SCM.0030");
  }

  private void listsDeployed() {
    String id = customer.issued("www.example.com");
    ScmSdk.deploy(sdk, id, "CDN");
    ListDeployedResourcesResponse listed = ScmSdk.deployed(sdk, id, "CDN");
    ScmSdk.assertKnows(wire, listed);
    ResultDetail result = listed.getResults().getFirst();
    assertThat(result.getCertificateId()).isEqualTo(id);
    assertThat(result.getTotalNum()).isOne();
    assertThat(result.getDeployedResources().getFirst().getService()).isEqualTo("CDN");
    assertThat(refusal(() -> ScmSdk.deployed(sdk, id, "MAIL"))).startsWith("400 SCM.0005");
  }
}
