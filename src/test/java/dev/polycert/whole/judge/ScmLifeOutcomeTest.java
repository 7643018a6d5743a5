package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.model.CertificateDetail;
import com.huaweicloud.sdk.scm.v3.model.ExportCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateResponse;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.huawei.scm.HuaweiScmProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes after the application at Huawei Cloud SCM, by its SDK and by us. */
@QuarkusTest
class ScmLifeOutcomeTest extends OutcomeTests {
  private static final String OURS = "ours.example.com";
  private static final String THEIRS = "www.example.com";
  private static final Information APPLICANT =
      new Information(
          null,
          new Person("张三", null, null, "10000000000", "admin@example.com", null),
          null,
          null,
          true);

  @Inject HuaweiScmProvider provider;

  private ScmClient sdk;
  private ScmCustomer customer;
  private Steps steps;

  @Override
  void connect() {
    sdk = ScmSdk.client(sandbox.authority(), Capture.SECRET);
    customer = new ScmCustomer(sandbox, sdk);
    steps = new Steps(provider);
  }

  private static Application ours() {
    return Steps.application(OURS, Map.of(), APPLICANT);
  }

  private static Application named(String id) {
    return Steps.with(ours(), Reference.of("certificateId", id));
  }

  private static String id(Application application) {
    return application.requireReference().id("certificateId");
  }

  private String status(String id) {
    return ScmSdk.show(sdk, id).getStatus();
  }

  private static String code(Runnable call) {
    return ScmSdk.refusal(call::run).getErrorCode();
  }

  @Test
  void withdrawsWhatIsPending() {
    String theirs = customer.applied(THEIRS);
    Application ours = steps.applied(ours());

    ScmSdk.cancel(sdk, theirs);
    status(theirs);
    standing(steps.cancel(ours), Phase.CANCELLED);

    assertThat(status(id(ours))).isEqualTo(status(theirs)).isEqualTo("PAID");
    assertThat(code(() -> ScmSdk.cancel(sdk, theirs))).isEqualTo("SCM.0010");
    standing(steps.cancel(ours), Phase.CANCELLED);
  }

  @Test
  void withdrawsNothingThatIsIssued() {
    String theirs = customer.issued(THEIRS);
    Application ours = steps.issued(ours(), sandbox);

    assertThat(code(() -> ScmSdk.cancel(sdk, theirs))).isEqualTo("SCM.0010");
    assertThat(refusal(steps.cancel(ours)).code()).isEqualTo("Certificate.Issued");

    assertThat(status(id(ours))).isEqualTo(status(theirs)).isEqualTo("ISSUED");
  }

  @Test
  void deletesWhatIsNotDeployed() {
    String theirs = customer.issued(THEIRS);
    Application ours = steps.issued(ours(), sandbox);

    ScmSdk.delete(sdk, theirs);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);

    String gone = code(() -> status(theirs));
    assertThat(code(() -> status(id(ours)))).isEqualTo(gone);
    assertThat(code(() -> ScmSdk.delete(sdk, theirs))).isEqualTo(gone);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);
  }

  /** SCM would delete what is deployed; its SDK shows us both where it is. */
  @Test
  void deletesNothingThatIsDeployed() {
    String id = customer.issued(THEIRS);
    Application ours =
        Steps.with(
            Steps.application(THEIRS, Map.of(), APPLICANT), Reference.of("certificateId", id));
    ScmSdk.deploy(sdk, id, "CDN");
    assertThat(deployed(id)).isOne();

    assertThat(refusal(steps.delete(ours)).code()).isEqualTo("Certificate.InUse");

    assertThat(status(id)).isEqualTo("ISSUED");
  }

  private int deployed(String id) {
    return ScmSdk.deployed(sdk, id, "CDN").getResults().getFirst().getTotalNum();
  }

  @Test
  void putsOnResources() {
    String theirs = customer.issued(THEIRS);
    Application ours = steps.issued(ours(), sandbox);
    Map<String, String> target = Map.of("service", "CDN", "resources", OURS, "acceptFee", "true");

    assertThat(ScmSdk.deploy(sdk, theirs, "CDN")).isEmpty();
    assertThat(value(steps.deploy(ours, target)).state()).isEqualTo(Deployment.State.DEPLOYED);
    assertThat(deployed(id(ours))).isEqualTo(deployed(theirs)).isOne();

    // The vendor reports a certificate that does not fit as a failure of that resource alone.
    Map<String, String> other = new HashMap<>(target);
    other.put("resources", THEIRS);
    Deployment failed = value(steps.deploy(ours, other));
    assertThat(ScmSdk.deploy(sdk, id(ours), "CDN")).hasSize(1);
    assertThat(failed.state()).isEqualTo(Deployment.State.DEPLOY_FAILED);
    assertThat(deployed(id(ours))).isOne();
  }

  @Test
  void handsOverCopies() {
    String theirs = customer.issued(THEIRS);
    Application ours = steps.issued(ours(), sandbox);
    ScmSdk.push(sdk, theirs, "WAF");
    assertThat(ScmSdk.pushToMany(sdk, theirs, "ELB").getResults())
        .allSatisfy(each -> assertThat(each.getMessage()).isEqualTo("success"));

    assertThat(value(steps.deploy(ours, Map.of("service", "WAF", "project", "cn-north-4"))).state())
        .isEqualTo(Deployment.State.DEPLOYED);
    assertThat(
            value(steps.deploy(ours, Map.of("service", "ELB", "project", "cn-north-4,cn-east-3")))
                .state())
        .isEqualTo(Deployment.State.DEPLOYED);

    assertThat(deployed(id(ours))).isEqualTo(deployed(theirs)).isZero();
  }

  @Test
  void usesNothingThatIsNotIssued() {
    String theirs = customer.applied(THEIRS);
    Application ours = steps.applied(ours());
    assertThat(code(() -> ScmSdk.push(sdk, theirs, "WAF"))).isEqualTo("SCM.0010");
    assertThat(
            refusal(steps.deploy(ours, Map.of("service", "WAF", "project", "cn-north-4"))).code())
        .isEqualTo("Certificate.NotIssued");
    assertThat(code(() -> ScmSdk.export(sdk, theirs))).isEqualTo("SCM.0010");
    assertThat(refusal(steps.export(ours, false)).code()).isEqualTo("SCM.0010");
  }

  @Test
  void givesOutWhatTheVendorHas() {
    String issued = customer.issued(OURS);
    ExportCertificateResponse theirs = ScmSdk.export(sdk, issued);

    CertificateBundle ours = value(steps.export(named(issued), true));

    assertThat(ours.certificate()).isEqualToIgnoringWhitespace(theirs.getCertificate());
    assertThat(ours.chain()).isEqualToIgnoringWhitespace(theirs.getCertificateChain());
    assertThat(ours.privateKey().reveal()).isEqualToIgnoringWhitespace(theirs.getPrivateKey());
    assertThat(value(steps.export(named(issued), false)).privateKey()).isNull();
  }

  @Test
  void listsWhatIsThere() {
    sandbox.control("POST", "huawei-scm/stock", "{\"count\":0}");
    customer.issued(THEIRS);
    customer.bought();
    customer.applied("pending.example.com");

    Map<Reference, Inventory.Item> ours = steps.inventory();

    var theirs = ScmSdk.list(sdk, "ALL", 50).getCertificates();
    assertThat(ours).hasSameSizeAs(theirs).hasSize(3);
    for (CertificateDetail each : theirs) {
      Inventory.Item item = ours.get(Reference.of("certificateId", each.getId()));
      ShowCertificateResponse shown = ScmSdk.show(sdk, each.getId());
      assertThat(item.vendorStatus()).isEqualTo(each.getStatus()).isEqualTo(shown.getStatus());
      assertThat(item.phase() == Phase.ISSUED).isEqualTo(shown.getStatus().equals("ISSUED"));
    }
  }
}
