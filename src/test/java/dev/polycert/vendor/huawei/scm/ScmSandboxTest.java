package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Whole applications at the sandbox, which verifies signatures and validations by itself. */
@QuarkusTest
class ScmSandboxTest {
  private static final Information COMPLETE = ScmProviderTests.COMPLETE;

  @Inject HuaweiScmProvider provider;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  private Plan plan(Applications bare) {
    return await(Preparation.Ready.class, provider.prepare(bare.application(), context())).plan();
  }

  private Applications reserved(Applications bare) {
    Plan plan = plan(bare);
    return bare.plan(plan.settings()).reference(plan.candidates().getFirst());
  }

  private Progress place(Application application) {
    return await(Progress.class, provider.place(application, context()));
  }

  private Progress check(Application application) {
    return await(Progress.class, provider.check(application, context()));
  }

  @ParameterizedTest
  @CsvSource({"www.example.com, RSA_2048", "*.example.com, EC_P256"})
  void fromTheApplicationToTheCertificate(String domain, KeyAlgorithm algorithm) {
    Applications bare = Applications.forDomain(domain).information(COMPLETE).key(algorithm);
    Application reserved = reserved(bare).application();

    assertThat(place(reserved).phase()).isEqualTo(Phase.APPLYING);
    Progress waiting = check(reserved);
    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    sandbox.publish(waiting.validations());
    Progress issued = check(reserved);

    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().names()).contains(domain);
    assertThat(issued.certificate().notAfter()).isAfter(Instant.now());
    assertThat(
            await(Preparation.Existing.class, provider.prepare(bare.application(), context()))
                .progress()
                .reference())
        .isEqualTo(reserved.reference());
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void waitsForInformationAndThenSubmitsIt() {
    Applications bare = reserved(Applications.forDomain("www.example.com"));

    assertThat(place(bare.application()).phase()).isEqualTo(Phase.PENDING_INFORMATION);
    assertThat(provider.missingInformation(bare.application())).isNotEmpty();
    assertThat(sandbox.ledger("ApplyCertificate")).isZero();

    Application complete = bare.information(COMPLETE).application();
    assertThat(provider.missingInformation(complete)).isEmpty();
    assertThat(await(Progress.class, provider.submit(complete, context())).phase())
        .isEqualTo(Phase.APPLYING);
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void aLostAnswerMakesNoSecondApplication() {
    Application reserved =
        reserved(Applications.forDomain("www.example.com").information(COMPLETE)).application();
    sandbox.loseAnswer("ApplyCertificate");

    await(Failure.Unclear.class, provider.place(reserved, context()));

    assertThat(await(Progress.class, provider.find(reserved, context())).reference())
        .isEqualTo(reserved.reference());
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void aLostReceiptMakesNoSecondPurchase() {
    sandbox.control("POST", "huawei-scm/stock", Map.of("count", 0));
    Applications bare =
        Applications.forDomain("www.example.com").option("buy", "true").information(COMPLETE);
    Applications planned = bare.plan(plan(bare).settings());
    sandbox.loseAnswer("SubscribeCertificate");

    await(Failure.Unclear.class, provider.place(planned.application(), context()));
    Progress found = await(Progress.class, provider.find(planned.application(), context()));
    assertThat(found.phase()).isEqualTo(Phase.PLACING);

    assertThat(place(planned.reference(found.reference()).application()).phase())
        .isEqualTo(Phase.APPLYING);
    assertThat(sandbox.ledger("SubscribeCertificate")).isEqualTo(1);
    assertThat(sandbox.ledger("ApplyCertificate")).isEqualTo(1);
  }

  @Test
  void neitherBuysNorAppliesWithoutBeingAllowedTo() {
    sandbox.control("POST", "huawei-scm/stock", Map.of("count", 0));

    Failure.Refused refused =
        await(
            Failure.Refused.class,
            provider.prepare(
                Applications.forDomain("www.example.com").information(COMPLETE).application(),
                context()));

    assertThat(refused.error().code()).isEqualTo("NoCertificateLeft");
    assertThat(sandbox.ledger("SubscribeCertificate")).isZero();
  }
}
