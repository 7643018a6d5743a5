package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.SandboxControl;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole applications at the sandbox, which verifies signatures and validations by itself. */
@QuarkusTest
class EsaSandboxTest {
  @Inject AlibabaEsaProvider provider;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  private Applications planned(String domain) {
    Applications bare = Applications.forDomain(domain);
    return bare.plan(
        await(Preparation.Ready.class, provider.prepare(bare.application(), context()))
            .plan()
            .settings());
  }

  private Progress place(Applications planned) {
    return await(Progress.class, provider.place(planned.application(), context()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"www.example.com", "*.example.com", "a.b.example.co.uk", "xn--mnchen-3ya.example"})
  void fromTheApplicationToTheCertificate(String domain) {
    Applications planned = planned(domain);
    Application placed = planned.reference(place(planned).reference()).application();

    Progress waiting = await(Progress.class, provider.check(placed, context()));
    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    sandbox.publish(waiting.validations());
    Progress issued = await(Progress.class, provider.check(placed, context()));

    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().names()).contains(domain);
    assertThat(issued.certificate().notAfter()).isAfter(Instant.now());
    assertThat(
            await(
                    Preparation.Existing.class,
                    provider.prepare(Applications.forDomain(domain).application(), context()))
                .progress()
                .phase())
        .isEqualTo(Phase.ISSUED);
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void takesADuplicateForTheApplicationThatItIs() {
    Applications planned = planned("www.example.com");

    assertThat(place(planned).reference()).isEqualTo(place(planned).reference());
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void aLostAnswerMakesNoSecondApplication() {
    Applications planned = planned("www.example.com");
    sandbox.loseAnswer("ApplyCertificate");

    await(Failure.Unclear.class, provider.place(planned.application(), context()));
    Progress found = await(Progress.class, provider.find(planned.application(), context()));

    assertThat(found.reference().id("id")).isNotBlank();
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void knowsWhatIsGone() {
    Applications planned = planned("www.example.com");
    Application never =
        planned
            .reference(
                EsaProgress.reference(planned.application().plan().get("siteId"), "31234567"))
            .application();

    await(Failure.Absent.class, provider.check(never, context()));
  }

  @Test
  void sendsNothingToASiteThatIsNotActive() {
    sandbox.control(
        "POST", "alibaba-esa/site", Map.of("name", "example.com", "access", "NS", "active", false));

    Failure.Refused refused =
        await(
            Failure.Refused.class,
            provider.prepare(Applications.forDomain("www.example.com").application(), context()));

    assertThat(refused.error().code()).isEqualTo("SiteNotActivated");
    assertThat(refused.error().message()).contains("name servers of example.com");
  }
}
