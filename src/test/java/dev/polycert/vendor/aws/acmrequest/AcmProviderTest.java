package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole applications, none of which is made twice. */
class AcmProviderTest extends AcmFixture {
  @ParameterizedTest
  @ValueSource(strings = {DOMAIN, "*.example.com", "a.b.example.co.uk", "xn--mnchen-3ya.example"})
  void fromTheApplicationToTheCertificate(String domain) {
    Application placed = placed(Applications.forDomain(domain));

    Progress issued = issued(placed);

    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().names()).containsExactly(domain);
    assertThat(issued.certificate().serialNumber()).matches("([0-9a-f]{2}:)+[0-9a-f]{2}");
    assertThat(issued.reference().id("certificateArn")).startsWith("arn:aws:acm:eu-central-1:");
  }

  /** As an order has it that was requested just now. */
  private static Application requested(Application placed) {
    return new Application(
        placed.domain(),
        placed.terms(),
        placed.plan(),
        placed.reference(),
        List.of(),
        Instant.now(),
        null);
  }

  /** ACM shows the record of a new certificate a moment later. */
  @Test
  void theRecordIsWaitedForWhileTheCertificateIsNew() {
    Progress waiting = value(provider.check(requested(placed(bare())), context()));

    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(waiting.until()).isAfter(Instant.now().plus(Duration.ofHours(71)));
    assertThat(waiting.validations())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.domain()).isEqualTo(DOMAIN);
              assertThat(it.recordName()).matches("_[0-9a-f]{32}[.]www[.]example[.]com");
              assertThat(it.recordType()).isEqualTo("CNAME");
              assertThat(it.recordValue()).endsWith(".acm-validations.aws");
            });
  }

  @Test
  void whatWasRequestedAndNotShownYetIsNotGone() {
    Application placed = placed(bare());
    Application requested = requested(placed);
    sandbox.reset();
    CallContext briefly = new CallContext(Instant.now().plusSeconds(1));

    VendorError unseen = refused(provider.check(requested, briefly));

    assertThat(unseen.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(unseen.message()).isEqualTo("ACM does not show the requested certificate yet");
    await(Failure.Absent.class, provider.check(placed, context()));
  }

  @Test
  void aNameAndItsWildcardHaveOneRecord() {
    Application placed =
        placed(
            Applications.forDomain("example.com")
                .option("alternativeNames", "*.example.com, shop.example.com"));

    assertThat(shown(placed))
        .extracting(Validation::domain)
        .containsExactly("example.com", "shop.example.com");
    assertThat(issued(placed).certificate().names())
        .containsExactly("example.com", "*.example.com", "shop.example.com");
  }

  @Test
  void aRepeatedRequestMeansTheSameCertificate() {
    Applications planned = planned(bare());

    Reference first = value(provider.place(of(planned), context())).reference();

    assertThat(value(provider.place(of(planned), context())).reference()).isEqualTo(first);
    assertThat(sandbox.ledger("RequestCertificate")).isEqualTo(1);
    assertThat(value(provider.place(planned.application().of("ord_2"), context())).reference())
        .as("another order's")
        .isNotEqualTo(first);
  }

  @Test
  void aLostAnswerIsFoundByTheTagHoweverLateItIs() {
    Applications planned = planned(bare());
    Reference other =
        value(provider.place(planned.application().of("ord_2"), context())).reference();
    sandbox.loseAnswer("RequestCertificate");
    await(Failure.Unclear.class, provider.place(of(planned), context()));
    sandbox.control("POST", "clock", Map.of("advance", "PT2H"));

    Progress found = value(provider.find(of(planned), context()));

    assertThat(found.reference()).isNotEqualTo(other);
    assertThat(value(provider.look(of(planned.reference(found.reference())), context())).phase())
        .isNotEqualTo(Phase.UNKNOWN);
    assertThat(sandbox.ledger("RequestCertificate")).isEqualTo(2);
    await(Failure.Absent.class, provider.find(planned.application().of("ord_3"), context()));
  }

  @Test
  void whatIsThereAlreadyIsTakenUnlessAnotherOrderHasIt() {
    Application placed = placed(bare());
    Reference pending = placed.reference();
    assertThat(existing(bare()).reference()).isEqualTo(pending);
    issued(placed);

    Progress there = existing(bare());

    assertThat(there.reference()).isEqualTo(pending);
    assertThat(there.phase()).isEqualTo(Phase.ISSUED);
    await(Preparation.Ready.class, provider.prepare(of(bare()).beside(Set.of(pending)), context()));
    await(
        Preparation.Ready.class, provider.prepare(of(bare().key(KeyAlgorithm.EC_P256)), context()));
    await(
        Preparation.Ready.class,
        provider.prepare(of(bare().option("alternativeNames", "example.com")), context()));
    sandbox.control("POST", "clock", Map.of("advance", "PT3600H"));
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));
    await(Preparation.Ready.class, later.prepare(of(bare()), context()));
  }
}
