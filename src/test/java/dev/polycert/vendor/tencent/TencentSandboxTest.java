package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.edgeone.EdgeOneProvider;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole applications at the sandbox, which verifies signatures and validations by itself. */
@QuarkusTest
class TencentSandboxTest {
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");

  @Inject TencentSslProvider ssl;
  @Inject EdgeOneProvider edgeOne;
  @Inject Clock clock;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  private CertificateProvider provider(String name) {
    return name.equals("ssl") ? ssl : edgeOne;
  }

  private WriteContext context() {
    return new WriteContext(
        clock.instant().plusSeconds(20), new Object(), operation -> Uni.createFrom().voidItem());
  }

  private static Object done(Uni<? extends Answer<?>> step) {
    return Awaiting.await(Object.class, step);
  }

  private static Application application(ValidationMethod validation) {
    Terms terms = new Terms(validation, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    return new Application(DOMAIN, terms, Map.of(), null, List.of(), null, null);
  }

  private static Application planned(Application application, Preparation.Ready ready, Instant at) {
    return new Application(
        DOMAIN, application.terms(), ready.plan().settings(), null, List.of(), at, null);
  }

  private static Application placed(
      Application planned, Progress progress, List<Validation> validations) {
    return new Application(
        DOMAIN,
        planned.terms(),
        planned.plan(),
        progress.reference(),
        validations,
        planned.appliedAt(),
        null);
  }

  private Preparation.Ready prepare(CertificateProvider provider, Application application) {
    return (Preparation.Ready) done(provider.prepare(application, context()));
  }

  private long applications() {
    return sandbox.control("GET", "ledger", "").findValues("domain").size();
  }

  @ParameterizedTest
  @CsvSource({
    "ssl, DNS, FULL",
    "ssl, FILE, FULL",
    "edgeone, DNS, FULL",
    "edgeone, DNS, SAMPLE",
    "edgeone, FILE, FULL"
  })
  void fromTheApplicationToTheCertificate(String name, ValidationMethod validation, String form) {
    sandbox.control("PUT", "tencent-edgeone/settings", "{\"dnsForm\":\"" + form + "\"}");
    CertificateProvider provider = provider(name);
    Application bare = application(validation);
    Application planned = planned(bare, prepare(provider, bare), clock.instant());
    Progress answer = (Progress) done(provider.place(planned, context()));
    Application placed = placed(planned, answer, answer.validations());

    Object waiting = done(provider.check(placed, context()));
    List<Validation> validations =
        answer.validations().isEmpty() ? ((Progress) waiting).validations() : answer.validations();
    assertThat(validations).hasSize(1);
    sandbox.publish(validations);

    Application shown = placed(planned, answer, validations);
    Progress issued = (Progress) done(provider.check(shown, context()));
    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().commonName()).isEqualTo("www.example.com");
    assertThat(issued.certificate().notAfter()).isAfter(clock.instant().plus(Duration.ofDays(80)));

    Object again = done(provider.prepare(bare, context()));
    assertThat(again).isInstanceOf(Preparation.Existing.class);
    assertThat(((Preparation.Existing) again).progress().phase()).isEqualTo(Phase.ISSUED);
    assertThat(applications()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"ssl, ApplyCertificate", "edgeone, ApplyFreeCertificate"})
  void aLostAnswerNeverMakesASecondApplication(String name, String operation) {
    sandbox.control(
        "POST", "faults", "{\"operation\":\"%s\",\"kind\":\"RESET_AFTER\"}".formatted(operation));
    CertificateProvider provider = provider(name);
    Application bare = application(ValidationMethod.DNS);
    Application planned = planned(bare, prepare(provider, bare), clock.instant());
    assertThat(done(provider.place(planned, context()))).isInstanceOf(Failure.Unclear.class);

    Object found = done(provider.find(planned, context()));
    if (found instanceof Failure.Absent) {
      found = done(provider.place(planned, context()));
    }
    assertThat(((Progress) found).phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(((Progress) found).reference().ids()).isNotEmpty();
    assertThat(applications()).isEqualTo(1);
  }

  @Test
  void aThrottledApplicationIsRepeated() {
    sandbox.control(
        "POST", "faults", "{\"operation\":\"ApplyCertificate\",\"kind\":\"THROTTLE\",\"times\":2}");
    Application bare = application(ValidationMethod.DNS);
    assertThat(done(ssl.place(bare, context()))).isInstanceOf(Progress.class);
    assertThat(applications()).isEqualTo(1);
  }
}
