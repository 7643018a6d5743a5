package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Validation;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes before and after an application, at the sandbox. */
@QuarkusTest
class EsaEndToEndTest {
  @Inject AlibabaEsaProvider provider;

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

  private Plan plan(Applications bare) {
    return await(Preparation.Ready.class, provider.prepare(bare.application(), context())).plan();
  }

  private Application applied(String domain) {
    Applications bare = Applications.forDomain(domain);
    Applications planned = bare.plan(plan(bare).settings());
    Progress placed = await(Progress.class, provider.place(planned.application(), context()));
    return planned.reference(placed.reference()).application();
  }

  private Application issued(String domain) {
    Application applied = applied(domain);
    sandbox.publish(check(applied).validations());
    assertThat(check(applied).phase()).isEqualTo(Phase.ISSUED);
    return applied;
  }

  @Test
  void withdrawsAnApplication() {
    Application applied = applied("www.example.com");

    await(Failure.Absent.class, provider.cancel(applied, context()));
    await(Failure.Absent.class, provider.cancel(applied, context()));
    assertThat(applied("www.example.com").reference()).isNotEqualTo(applied.reference());
  }

  @Test
  void keepsTheOnlyCertificateOfAName() {
    Application issued = issued("www.example.com");

    Failure.Refused refused = await(Failure.Refused.class, provider.delete(issued, context()));

    assertThat(refused.error().code()).isEqualTo("Certificate.InUse");
    assertThat(check(issued).phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void exportsTheCertificateWithItsChain() {
    CertificateBundle export = value(provider.export(issued("www.example.com"), false, context()));

    assertThat(export.certificate()).startsWith("-----BEGIN").containsOnlyOnce("BEGIN");
    assertThat(export.chain()).startsWith("-----BEGIN");
    assertThat(export.privateKey()).isNull();
  }

  @Test
  void listsTheCertificatesOfEverySite() {
    Application issued = issued("www.example.com");
    Application applied = applied("shop.example.org");

    Inventory inventory = value(provider.list(null, context()));

    assertThat(inventory.next()).isNull();
    assertThat(inventory.items())
        .extracting(Inventory.Item::reference)
        .containsExactlyInAnyOrder(issued.reference(), applied.reference());
    assertThat(inventory.items())
        .extracting(Inventory.Item::phase)
        .containsExactlyInAnyOrder(Phase.ISSUED, Phase.PENDING_VALIDATION);
  }

  @Test
  void hasASiteVerifiedAndThenApplies() {
    sandbox.control("POST", "alibaba-esa/site", Map.of("name", "example.com", "active", false));
    Applications bare = Applications.forDomain("www.example.com").option("verifySite", "true");
    Plan plan = plan(bare);
    Application planned = bare.plan(plan.settings()).application();

    await(Failure.Refused.class, provider.place(planned, context()));

    String code = plan.notes().getFirst().replaceFirst(".*with value (\\S+).*", "$1");
    sandbox.publish(List.of(Validation.dns("example.com", "_esaauth.example.com", "TXT", code)));
    await(Failure.Deferred.class, provider.place(planned, context()));
    assertThat(plan(bare).settings()).doesNotContainKey("activation");
    assertThat(applied("www.example.com").reference()).isNotNull();
  }
}
