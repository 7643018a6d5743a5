package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which instance an application uses, and which it never does. */
class CasPrepareTest extends CasProviderTests {
  private static final String GONE = "cas_dv-cn-gone";

  private Progress existing(Applications asked) {
    return await(Preparation.Existing.class, provider.prepare(asked.application(), context()))
        .progress();
  }

  @Test
  void withoutFreeInstancesNoBoughtOneIsUsed() {
    vendor.control("stock", "{\"count\":0,\"bought\":true}");

    assertThat(refusal(www()).code()).isEqualTo("NoInstanceLeft");
    assertThat(refusal(www()).errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(refusal(www()).message()).contains("instanceType to BUY");
    Plan plan = plan(www().option("instanceType", "BUY"));
    assertThat(plan.candidates()).as("the one for one name, then that for five").hasSize(2);
    assertThat(plan.notes().getLast()).contains("bought GeoTrust DV for 1 name(s)");
  }

  @ParameterizedTest
  @CsvSource({
    "instanceId, ../x",
    "instanceType, FREE",
    "certificateType, XV",
    "certificateType, OV",
    "brand, Nobody",
    "companyId, x",
    "contactIds, '1,x'",
    "alternativeNames, 'not a_name!'"
  })
  void anOptionThatMakesNoSenseIsRefusedByItsName(String option, String value) {
    assertThat(refusal(www().option(option, value)).message()).contains("option " + option + ":");
  }

  @Test
  void theBrandThatIsAskedForIsUsed() {
    Plan plan = plan(www().option("instanceType", "BUY").option("brand", "GlobalSign"));

    assertThat(plan.candidates()).hasSize(1);
    assertThat(plan.notes().getLast()).contains("GlobalSign");
  }

  @Test
  void whatWasPreparedForAnotherNameIsNotTaken() {
    vendor.control("stock", "{\"count\":1,\"bought\":false}");
    String id = plan(www()).candidates().getFirst().id("instanceId");
    vendor.call("UpdateInstance", Map.of("InstanceId", id, "Domain", "other.example.com"));
    vendor.control("stock", "{\"count\":0,\"bought\":false}");

    assertThat(refusal(www()).code()).isEqualTo("NoInstanceLeft");
    assertThat(refusal(www().option("instanceId", id)).code()).isEqualTo("Instance.Taken");
  }

  @Test
  void aNamedInstanceIsUsedEvenIfItWasBought() {
    String bought =
        plan(www().option("instanceType", "BUY")).candidates().getFirst().id("instanceId");

    assertThat(plan(www().option("instanceId", bought)).candidates())
        .containsExactly(Reference.of("instanceId", bought));
    assertThat(refusal(Applications.forDomain("*.example.com").option("instanceId", bought)).code())
        .isEqualTo("Instance.Misfit");
  }

  @Test
  void anApplicationUnderWayIsTakenOver() {
    Reference reserved = reserved(www()).reference();
    applied(with(www(), reserved));

    assertThat(existing(www()).reference()).isEqualTo(reserved);
    assertThat(existing(www()).phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(plan(www().key(KeyAlgorithm.EC_P256)).candidates())
        .as("another key is another certificate")
        .doesNotContain(reserved);
    assertThat(
            await(
                Preparation.Ready.class,
                provider.prepare(www().application().beside(Set.of(reserved)), context())))
        .as("what an order of another label has")
        .isNotNull();
  }

  @Test
  void aRenewalTakesAnotherInstance() {
    Progress first = issued(www());
    Applications renewal = www().renewalOf(first.reference());

    Progress second = issued(renewal);

    assertThat(second.reference().id("instanceId"))
        .isNotEqualTo(first.reference().id("instanceId"));
    assertThat(check(with(www(), first.reference())).phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void theInstanceThatTheFirstOrderNamedHoldsUpNoLaterRenewal() {
    String named = plan(www()).candidates().getFirst().id("instanceId");
    Applications asked = www().option("instanceId", named);
    Progress first = issued(asked);
    Progress second = issued(asked.renewalOf(first.reference()));
    Applications third = asked.renewalOf(second.reference());

    assertThat(plan(third).candidates()).as("not the first certificate again").isNotEmpty();
    vendor.world.advance(Duration.ofDays(100));
    provider = provider(CONTACTS);

    assertThat(plan(third).candidates()).as("nor its end").isNotEmpty();
  }

  @Test
  void aRenewalUsesAnotherInstanceWhereTheNamedOneIsGone() {
    Applications asked = www().option("instanceId", GONE);
    assertThat(refusal(asked).code()).as("a first order").isEqualTo("NotFound");
    Applications renewal = asked.renewalOf(issued(www()).reference());

    Plan plan = plan(renewal);
    vendor.control("stock", "{\"count\":0,\"bought\":true}");
    VendorError without = refusal(renewal);

    assertThat(plan.candidates()).isNotEmpty();
    assertThat(plan.notes().getFirst()).contains("option instanceId", GONE);
    assertThat(without.errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(without.message())
        .contains("option instanceId", GONE, "get one in CAS's console", "instanceType to BUY");
  }

  @Test
  void aRenewalUsesAnotherInstanceWhereTheNamedOneIsForOthersOrDoesNotFit() {
    Applications renewal = www().renewalOf(issued(www()).reference());
    Applications other = Applications.forDomain("other.example.com");
    String others = place(reserved(other)).reference().id("instanceId");
    String wildcard =
        plan(Applications.forDomain("*.example.com").option("instanceType", "BUY"))
            .candidates()
            .getFirst()
            .id("instanceId");

    for (String named : List.of(others, wildcard)) {
      assertThat(plan(renewal.option("instanceId", named)).candidates())
          .isNotEmpty()
          .doesNotContain(Reference.of("instanceId", named));
    }
  }

  @Test
  void whatHasEndedSinceTheListingIsNotTakenOver() {
    Application under = reserved(www());
    applied(under);
    check(under);
    vendor.lag("ListInstances");
    assertThat(existing(www()).reference()).isEqualTo(under.reference());
    await(Progress.class, provider.cancel(under, context()));

    assertThat(refusal(www()).code()).as("the listing shows no other").isEqualTo("NoInstanceLeft");
  }

  @Test
  void aBoughtInstanceIsRenewedInItselfWhileItIsPaidFor() {
    Applications asked = www().option("instanceType", "BUY");
    Progress first = issued(asked);
    Reference instance = Reference.of("instanceId", first.reference().id("instanceId"));
    Applications renewal = asked.renewalOf(first.reference());
    assertThat(plan(renewal).candidates().getFirst()).isEqualTo(instance);

    Application reserved = reserved(renewal);
    applied(reserved);
    Progress waiting = check(reserved);
    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    Application before = with(asked, first.reference());
    assertThat(check(before).phase()).as("meanwhile").isEqualTo(Phase.ISSUED);
    publish(waiting.validations());
    Progress second = check(reserved);

    assertThat(second.phase()).isEqualTo(Phase.ISSUED);
    assertThat(second.reference()).isNotEqualTo(first.reference());
    assertThat(second.certificate().serialNumber())
        .isNotEqualTo(first.certificate().serialNumber());
    Progress still = check(before);
    assertThat(still.phase()).isEqualTo(Phase.ISSUED);
    assertThat(still.certificate().serialNumber()).isEqualTo(first.certificate().serialNumber());
    assertThat(vendor.world.ledger()).hasSize(2);
  }

  @Test
  void anInstanceThatIsPaidForNoLongerIsNotRenewed() {
    Applications asked = www().option("instanceType", "BUY");
    Progress first = issued(asked);
    vendor.world.advance(Duration.ofDays(340));

    provider = provider(CONTACTS);

    assertThat(plan(asked.renewalOf(first.reference())).candidates())
        .isNotEmpty()
        .doesNotContain(Reference.of("instanceId", first.reference().id("instanceId")));
  }

  @Test
  void aContactOrCompanyThatCasDoesNotHaveIsRefusedByItsOptionBeforeAnythingIsSent() {
    Applications ofCompany = www().option("instanceType", "BUY").option("certificateType", "OV");

    assertThat(refusal(www().option("contactIds", "1001, 9")).message())
        .startsWith("option contactIds: CAS has no contact 9;");
    assertThat(refusal(ofCompany.option("companyId", "9")).message())
        .startsWith("option companyId: CAS has no company 9;");
    provider = provider(Map.of("ALIBABA_CLOUD_CAS_CONTACT_IDS", "1001, 8"));
    assertThat(refusal(www()).errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(refusal(www()).message())
        .startsWith("ALIBABA_CLOUD_CAS_CONTACT_IDS: CAS has no contact 8;");
    assertThat(vendor.calls("UpdateInstance")).isZero();
  }

  @Test
  void aNamedInstanceOfAnOrganisationNeedsACompany() {
    String id =
        plan(www()
                .option("instanceType", "BUY")
                .option("certificateType", "OV")
                .option("companyId", "47305"))
            .candidates()
            .getFirst()
            .id("instanceId");

    assertThat(refusal(www().option("instanceId", id)).message())
        .startsWith("option companyId: is needed");
    assertThat(plan(www().option("instanceId", id).option("companyId", "47305")).candidates())
        .hasSize(1);
  }

  @Test
  void whereContactsCannotBeLookedUpTheApplicationGoesOn() {
    vendor.loseCall("ListContact");

    assertThat(plan(www().option("contactIds", "9")).notes())
        .anyMatch(note -> note.startsWith("option contactIds: not looked up in CAS ("));
  }

  @Test
  void aRefusalByCasNamesTheOptionsThatItIsAbout() {
    Answer<Boolean> about =
        Answer.refused(new VendorError(ErrorClass.FINAL, "ContactNotExist", "no such contact"));
    Answer<Boolean> other =
        Answer.refused(new VendorError(ErrorClass.FINAL, "InvalidDomain", "no such domain"));

    assertThat(((Answer.Failed<Boolean>) CasParties.explained(about)).failure().error().message())
        .isEqualTo("no such contact (see the options contactIds and companyId)");
    assertThat(CasParties.explained(other)).isEqualTo(other);
  }

  @Test
  void withoutAContactNothingIsConfigured() {
    assertThat(provider(Map.of()).account().missing())
        .containsExactly("ALIBABA_CLOUD_CAS_CONTACT_IDS");
    provider = provider(Map.of("ALIBABA_CLOUD_CAS_CONTACT_IDS", "Li Ming"));
    Failure.Refused refused =
        await(Failure.Refused.class, provider.prepare(www().application(), context()));
    assertThat(refused.error().message()).contains("ALIBABA_CLOUD_CAS_CONTACT_IDS");
  }
}
