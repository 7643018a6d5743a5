package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several certificates for one name at one provider, told apart by labels. */
class LabelTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private Apply.Entry apply(@Nullable String label, KeyAlgorithm key) {
    return desk.apply(
        new Apply.Command(
            List.of(DomainName.parse("www.example.com")),
            List.of("vendor"),
            Map.of(),
            label,
            Apply.Strategy.ALL,
            null,
            key,
            Map.of(),
            Information.none(),
            List.of(),
            false,
            false));
  }

  @Test
  void aNameHasOneOrderForEachLabelAndEachIsFoundAgain() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order rsa = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));
    Order ec = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(rsa.identity().label()).isNull();
    assertThat(ec.identity().label()).isEqualTo("ec");
    assertThat(ec.id()).isNotEqualTo(rsa.id());
    assertThat(ec.generation()).isEqualTo(1);
    assertThat(ec.terms().keyAlgorithm()).isEqualTo(KeyAlgorithm.EC_P256);
    assertThat(apply("ec", KeyAlgorithm.EC_P256).order().id()).isEqualTo(ec.id());
    assertThat(apply(null, KeyAlgorithm.RSA_2048).order().id()).isEqualTo(rsa.id());
  }

  @Test
  void aRenewalKeepsTheLabelAndLeavesTheOthersAlone() {
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(900))));
    Order other = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Order old = apply("ec", KeyAlgorithm.EC_P256).order();

    vendor.on(PREPARE, ready()).on(PLACE, issued("c3", desk.now().plus(Duration.ofDays(180))));
    desk.advance(Duration.ofDays(80));
    desk.renew();

    Order renewed = apply("ec", KeyAlgorithm.EC_P256).order();
    assertThat(renewed.renewalOf()).isEqualTo(old.id());
    assertThat(renewed.identity().label()).isEqualTo("ec");
    assertThat(apply(null, KeyAlgorithm.RSA_2048).order().id()).isEqualTo(other.id());
  }

  @Test
  void whatTheVendorHasForAnotherLabelIsNotTakenOver() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    apply("ec", KeyAlgorithm.EC_P256);
    vendor
        .on(PREPARE, progress(Phase.PENDING_VALIDATION, "c1"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));

    Order second = apply(null, KeyAlgorithm.RSA_2048).order();

    assertThat(second.reference()).isEqualTo(Reference.of("certificateId", "c2"));
    assertThat(vendor.seen)
        .anyMatch(seen -> seen.others().equals(Set.of(Reference.of("certificateId", "c1"))));
  }

  /** As a service does that has one certificate for each name. */
  @Test
  void aVendorThatAnswersWithTheCertificateOfAnotherLabelIsRefusedByName() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order first = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));

    Order second = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(second.state()).isEqualTo(OrderState.FAILED);
    assertThat(second.error())
        .returns("Label.Shared", VendorError::code)
        .returns(
            ("vendor has one certificate for this name, and order %s has it: apply under the"
                    + " label of that")
                .formatted(first.id()),
            VendorError::message);
  }
}
