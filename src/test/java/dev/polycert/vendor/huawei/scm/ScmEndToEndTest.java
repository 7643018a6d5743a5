package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.SandboxControl;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes after an application, at the sandbox. */
@QuarkusTest
class ScmEndToEndTest {
  @Inject HuaweiScmProvider provider;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  private Progress check(Application application) {
    return await(Progress.class, provider.check(application, context()));
  }

  private Application applied() {
    Applications bare =
        Applications.forDomain("www.example.com").information(ScmProviderTests.COMPLETE);
    Plan plan =
        await(Preparation.Ready.class, provider.prepare(bare.application(), context())).plan();
    Application reserved =
        bare.plan(plan.settings()).reference(plan.candidates().getFirst()).application();
    await(Progress.class, provider.place(reserved, context()));
    return reserved;
  }

  private Application issued() {
    Application applied = applied();
    sandbox.publish(check(applied).validations());
    assertThat(check(applied).phase()).isEqualTo(Phase.ISSUED);
    return applied;
  }

  @Test
  void withdrawsAnApplicationForGood() {
    Application applied = applied();
    check(applied);

    Progress cancelled = await(Progress.class, provider.cancel(applied, context()));
    assertThat(cancelled.phase()).isEqualTo(Phase.CANCELLED);
    Progress again = await(Progress.class, provider.cancel(applied, context()));
    assertThat(again.phase()).isEqualTo(Phase.CANCELLED);
    assertThat(check(applied).vendorStatus()).isEqualTo("PAID");
  }

  @Test
  void exportsAndDeploysACertificateAndThenKeepsIt() {
    Application issued = issued();

    CertificateBundle export = value(provider.export(issued, true, context()));
    assertThat(export.certificate()).contains("BEGIN CERTIFICATE");
    assertThat(export.privateKey().reveal()).contains("BEGIN PRIVATE KEY");
    assertThat(value(provider.export(issued, false, context())).privateKey()).isNull();

    Map<String, String> target = Map.of("service", "CDN", "resources", "www.example.com");
    for (int time = 0; time < 2; time++) {
      assertThat(value(provider.deploy(issued, target, context())).state())
          .isEqualTo(Deployment.State.DEPLOYED);
    }
    for (String projects : List.of("cn-north-4", "cn-north-4,cn-east-3")) {
      Map<String, String> copy = Map.of("service", "WAF", "project", projects);
      assertThat(value(provider.deploy(issued, copy, context())).state())
          .isEqualTo(Deployment.State.DEPLOYED);
    }

    Failure.Refused refused = await(Failure.Refused.class, provider.delete(issued, context()));
    assertThat(refused.error().code()).isEqualTo("Certificate.InUse");
    assertThat(check(issued).phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void deletesACertificateThatIsDeployedNowhere() {
    Application issued = issued();

    await(Failure.Absent.class, provider.delete(issued, context()));
    await(Failure.Absent.class, provider.delete(issued, context()));
    await(Failure.Absent.class, provider.check(issued, context()));
  }

  @Test
  void aLostAnswerToADeletionIsFoundOut() {
    Application issued = issued();
    sandbox.loseAnswer("DeleteCertificate");

    await(Failure.Unclear.class, provider.delete(issued, context()));
    await(Failure.Absent.class, provider.delete(issued, context()));
  }

  @Test
  void listsMoreThanOneQuestionShows() {
    sandbox.control("POST", "huawei-scm/stock", Map.of("count", 90));
    Application issued = issued();

    Inventory page = value(provider.list(null, context()));
    assertThat(page.items())
        .filteredOn(item -> item.phase() == Phase.ISSUED)
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.domain()).isEqualTo("www.example.com");
              assertThat(item.reference()).isEqualTo(issued.reference());
              assertThat(item.facts().notAfter()).isAfter(Instant.now());
            });
    int listed = page.items().size();
    while (page.next() != null) {
      page = value(provider.list(page.next(), context()));
      listed += page.items().size();
    }
    assertThat(page.note()).isNull();
    assertThat(listed).isEqualTo(181);
  }
}
