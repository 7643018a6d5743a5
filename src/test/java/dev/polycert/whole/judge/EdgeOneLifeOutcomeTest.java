package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.teo.v20220901.TeoClient;
import com.tencentcloudapi.teo.v20220901.models.AccelerationDomain;
import com.tencentcloudapi.teo.v20220901.models.CertificateInfo;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.tencent.edgeone.EdgeOneProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes after the application at Tencent EdgeOne, by its SDK and by us. */
@QuarkusTest
class EdgeOneLifeOutcomeTest extends OutcomeTests {
  private static final String THEIRS = "theirs.example.com";
  private static final String OURS = "ours.example.com";

  @Inject EdgeOneProvider provider;

  private TeoClient sdk;
  private EdgeOneCustomer customer;
  private Steps steps;

  @Override
  void connect() {
    sdk = TencentSdk.edgeOne(sandbox.authority(), TencentSdk.keys());
    customer = new EdgeOneCustomer(sandbox, sdk);
    steps = new Steps(provider);
  }

  private static Application ours() {
    return Steps.application(OURS, Map.of());
  }

  @Test
  void deploysToTheDomain() throws Exception {
    sandbox.control("PUT", "tencent-edgeone/settings", "{\"deployDelay\":\"PT5M\"}");
    String zone = customer.issued(THEIRS);
    Application ours = steps.issued(ours(), sandbox);

    sdk.ModifyHostsCertificate(EdgeOneCustomer.deployment(zone, THEIRS));
    Deployment begun = value(steps.deploy(ours, Map.of()));

    assertThat(begun.state()).isEqualTo(Deployment.State.DEPLOYING);
    assertSame(begun, zone);

    sandbox.advance(Duration.ofMinutes(10));
    Deployment done = value(steps.deploy(ours, Map.of()));
    assertThat(done.state()).isEqualTo(Deployment.State.DEPLOYED);
    assertSame(done, zone);
  }

  /** Both domains are in the same state, and we report what the SDK sees. */
  private void assertSame(Deployment told, String zone) throws Exception {
    AccelerationDomain theirs = customer.host(zone, THEIRS);
    assertThat(status(customer.host(zone, OURS))).isEqualTo(status(theirs));
    assertThat(told.vendorStatus()).isEqualTo(status(theirs));
  }

  private static String status(AccelerationDomain domain) {
    CertificateInfo certificate = domain.getCertificate().getList()[0];
    return domain.getCertificate().getMode() + " " + certificate.getStatus();
  }

  @Test
  void deploysNothingThatIsNotThere() throws Exception {
    String zone = customer.issued(THEIRS);
    Application ours = steps.applied(ours());
    String code =
        TencentSdk.refusal(() -> sdk.ModifyHostsCertificate(EdgeOneCustomer.deployment(zone, OURS)))
            .getErrorCode();

    assertThat(refusal(steps.deploy(ours, Map.of())).code()).isEqualTo(code);

    assertThat(customer.host(zone, OURS).getCertificate()).isNull();
  }

  @Test
  void listsWhatIsDeployed() throws Exception {
    String zone = customer.issued(THEIRS);
    assertThat(steps.inventory()).isEmpty();
    sdk.ModifyHostsCertificate(EdgeOneCustomer.deployment(zone, THEIRS));

    Inventory.Item ours = steps.inventory().get(Reference.of("zoneId", zone, "domain", THEIRS));

    AccelerationDomain theirs = customer.host(zone, THEIRS);
    assertThat(ours.phase()).isEqualTo(Phase.ISSUED);
    assertThat(ours.vendorStatus()).isEqualTo(status(theirs));
    assertThat(ours.facts().notAfter())
        .isEqualTo(Instant.parse(theirs.getCertificate().getList()[0].getExpireTime()));
  }
}
