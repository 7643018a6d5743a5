package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Csrs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications from the first look to the certificate. */
class CasApplyTest extends CasProviderTests {

  @ParameterizedTest
  @CsvSource({
    "www.example.com, TEST, RSA_2048, DNS",
    "www.example.com, TEST, EC_P256, FILE",
    "www.example.com, BUY, RSA_2048, DNS",
    "*.example.com, BUY, EC_P256, DNS"
  })
  void fromTheApplicationToTheCertificate(
      String domain, String type, KeyAlgorithm key, ValidationMethod method) {
    Applications asked =
        Applications.forDomain(domain).option("instanceType", type).key(key).validation(method);
    Application application = reserved(asked);

    assertThat(applied(application).phase()).isIn(Phase.APPLYING, Phase.PENDING_VALIDATION);
    Progress waiting = check(application);
    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(waiting.validations()).extracting(Validation::method).containsExactly(method);
    assertThat(check(application).phase()).isEqualTo(Phase.PENDING_VALIDATION);
    publish(waiting.validations());
    Progress issued = check(application);

    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().names()).containsExactly(domain);
    assertThat(issued.certificate().spelled().keyAlgorithm()).isEqualTo(key.name());
    assertThat(issued.certificate().notAfter()).isAfter(vendor.world.now());
    assertThat(issued.reference().ids())
        .containsEntry("instanceId", application.reference().id("instanceId"))
        .containsKey("certificateId");
    Application kept = with(asked, issued.reference());
    assertThat(check(kept).phase()).isEqualTo(Phase.ISSUED);
    CertificateBundle withoutKey = value(provider.export(kept, false, context()));
    assertThat(withoutKey.privateKey()).isNull();
    assertThat(withoutKey.chain()).contains("BEGIN CERTIFICATE");
    assertThat(value(provider.export(kept, true, context())).privateKey().reveal())
        .contains("PRIVATE KEY");
    assertThat(vendor.world.ledger()).hasSize(1);
    assertThat(
            await(Preparation.Existing.class, provider.prepare(asked.application(), context()))
                .progress()
                .reference())
        .isEqualTo(issued.reference());
  }

  /** An update of a bought instance submits by itself; another application would be refused. */
  @Test
  void whatCasSubmitsByItselfIsNotSubmittedAgain() {
    Application application = reserved(www().option("instanceType", "BUY"));

    assertThat(place(application).phase()).isEqualTo(Phase.PLACING);
    assertThat(place(application).phase()).isEqualTo(Phase.PENDING_VALIDATION);

    assertThat(vendor.calls("ApplyCertificate")).isZero();
    assertThat(vendor.world.ledger()).hasSize(1);
  }

  @Test
  void whatIsWrittenOnTheInstanceIsWrittenOnce() {
    Application application = reserved(www());
    assertThat(place(application).phase()).isEqualTo(Phase.PLACING);

    assertThat(place(application).phase()).isEqualTo(Phase.APPLYING);
    assertThat(place(application).phase()).isEqualTo(Phase.PENDING_VALIDATION);

    assertThat(vendor.calls("UpdateInstance")).isOne();
    assertThat(vendor.calls("ApplyCertificate")).isOne();
  }

  @Test
  void aCsrMakesACertificateWithoutAKeyAtCas() {
    Applications asked =
        www().information(new Information(null, null, null, Csrs.of(DOMAIN).pem(), null));
    Progress issued = issued(asked);

    CertificateBundle export =
        value(provider.export(with(asked, issued.reference()), true, context()));

    assertThat(export.privateKey()).isNull();
    assertThat(await(Preparation.Ready.class, provider.prepare(asked.application(), context())))
        .as("the certificate of another key is not taken over")
        .isNotNull();
  }

  @Test
  void furtherNamesAreInOneCertificate() {
    Progress issued =
        issued(
            www()
                .option("instanceType", "BUY")
                .option("alternativeNames", "shop.example.com *.example.net"));

    assertThat(issued.certificate().names())
        .containsExactlyInAnyOrder(DOMAIN, "shop.example.com", "*.example.net");
  }

  @Test
  void anOrganisationsCertificateNamesItsCompany() {
    Applications asked = www().option("instanceType", "BUY").option("certificateType", "OV");
    assertThat(refusal(asked).message()).contains("companyId");

    assertThat(issued(asked.option("companyId", "47305")).phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void anApplicationThatTheCaEndsHasFailedWithItsWords() {
    Application application = reserved(www());
    applied(application);
    check(application);

    vendor.control("fail", "{\"domain\":\"www.example.com\",\"message\":\"CAA forbids\"}");

    Progress failed = check(application);
    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.message()).isEqualTo("CAA forbids");
  }

  // --- writes without an answer ---

  @Test
  void aLostAnswerIsFoundOnTheInstanceAndNotRepeated() {
    Application application = reserved(www());
    place(application);
    vendor.loseAnswer("ApplyCertificate");
    await(Failure.Unclear.class, provider.place(application, context()));

    Progress found = await(Progress.class, provider.find(application, context()));

    assertThat(found.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(vendor.world.ledger()).hasSize(1);
  }

  @Test
  void anInstanceThatLagsBehindItsApplicationLeadsToNoSecondOne() {
    Application application = reserved(www());
    place(application);
    vendor.lag("GetInstanceDetail");
    vendor.loseAnswer("ApplyCertificate");
    await(Failure.Unclear.class, provider.place(application, context()));

    assertThat(await(Progress.class, provider.find(application, context())).phase())
        .isEqualTo(Phase.APPLYING);
    assertThat(check(application).phase()).as("keeps that state").isEqualTo(Phase.UNKNOWN);
    assertThat(vendor.calls("ApplyCertificate")).isOne();
  }

  @Test
  void whileItIsNotKnownWhetherAnInstanceHasAnApplicationNoOtherOneIsTaken() {
    Application application = reserved(www());
    place(application);
    vendor.lag("GetInstanceDetail");
    place(application);
    vendor.loseCall("GetTaskAttribute");

    VendorError refused =
        await(Failure.Refused.class, provider.place(application, context())).error();

    assertThat(refused.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(provider.isAboutCandidate(refused)).isFalse();
  }

  @Test
  void aLostUpdateThatSubmittedIsFoundAsTheApplication() {
    Application application = reserved(www().option("instanceType", "BUY"));
    vendor.loseAnswer("UpdateInstance");
    await(Failure.Unclear.class, provider.place(application, context()));

    assertThat(await(Progress.class, provider.find(application, context())).phase())
        .isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(vendor.world.ledger()).hasSize(1);
  }

  @Test
  void whatNeverArrivedIsAbsentAndGoesOnWithTheSameInstance() {
    Applications asked = www();
    Application application = reserved(asked);
    place(application);
    vendor.loseCall("ApplyCertificate");
    await(Failure.Unclear.class, provider.place(application, context()));

    await(Failure.Absent.class, provider.find(application, context()));

    assertThat(plan(asked).candidates().getFirst()).isEqualTo(application.reference());
    assertThat(place(application).phase()).isEqualTo(Phase.APPLYING);
    assertThat(vendor.calls("UpdateInstance")).isOne();
  }

  @Test
  void aProcessThatEndedBetweenTheWritesIsGoneOnFrom() {
    Application application = reserved(www());
    place(application);

    assertThat(check(application).phase()).isEqualTo(Phase.PENDING_INFORMATION);
    assertThat(provider.missingInformation(application)).isEmpty();
    assertThat(await(Progress.class, provider.submit(application, context())).phase())
        .isEqualTo(Phase.APPLYING);
    assertThat(vendor.world.ledger()).hasSize(1);
  }

  @Test
  void anInstanceThatSomebodyElseTookIsNotUsed() {
    Application application = reserved(www());
    String id = application.reference().id("instanceId");
    vendor.call("UpdateInstance", Map.of("InstanceId", id, "Domain", "other.example.com"));

    Failure.Refused refused = await(Failure.Refused.class, provider.place(application, context()));

    assertThat(refused.error().code()).isEqualTo("Instance.Taken");
    assertThat(provider.isAboutCandidate(refused.error())).isTrue();
    assertThat(vendor.world.ledger()).isEmpty();
  }
}
