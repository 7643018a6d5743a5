package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CANCEL;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Information;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An order whose validation was a mistake, at a provider that lets another one take its place. */
class SwitchedValidationTest {
  private static final Validation RECORD =
      Validation.dns("www.example.com", "_acme-challenge.www.example.com", "CNAME", "x.example");
  private static final Validation FILE =
      Validation.file("www.example.com", "http://www.example.com/.well-known/x", "y");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));
  private Order first;

  @BeforeEach
  void apply() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c", RECORD));
    first = desk.apply("www.example.com");
    assertThat(first.state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  private static Apply.Command byFile(Apply.Strategy strategy, boolean dryRun) {
    return new Apply.Command(
        List.of(DomainName.parse("www.example.com")),
        List.of("vendor"),
        strategy,
        ValidationMethod.FILE,
        null,
        Map.of(),
        Information.none(),
        List.of(),
        false,
        dryRun);
  }

  @ParameterizedTest
  @EnumSource(Apply.Strategy.class)
  void theOtherOneIsAppliedForInItsPlace(Apply.Strategy strategy) {
    vendor
        .on(CANCEL, progress(Phase.CANCELLED, "c"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c", FILE));

    Apply.Entry switched = desk.apply(byFile(strategy, false));

    assertThat(desk.find(first.id()).state()).isEqualTo(OrderState.CANCELLED);
    assertThat(switched.existing()).isFalse();
    assertThat(switched.notes()).singleElement().asString().contains(first.id().value(), "DNS");
    Order next = switched.order();
    assertThat(next.generation()).isEqualTo(2);
    assertThat(next.terms().validation()).isEqualTo(ValidationMethod.FILE);
    assertThat(next.validations()).containsExactly(FILE);
    assertThat(vendor.seen.getLast().terms().validation()).isEqualTo(ValidationMethod.FILE);
  }

  @Test
  void theSameOneAsksTheVendorForNothing() {
    int calls = vendor.calls.size();

    assertThat(desk.applyFor("www.example.com").getFirst().order()).isEqualTo(first);

    assertThat(vendor.calls).hasSize(calls);
  }

  @Test
  void aDryRunSaysSoAndChangesNothing() {
    Apply.Entry planned = desk.apply(byFile(Apply.Strategy.ALL, true));

    assertThat(planned.notes()).containsExactly("would be given up for an application with FILE");
    assertThat(desk.find(first.id())).isEqualTo(first);
  }

  @Test
  void elsewhereItIsReportedAlone() {
    vendor.capabilities = EnumSet.complementOf(EnumSet.of(Capability.SWITCH_VALIDATION));

    Apply.Entry kept = desk.apply(byFile(Apply.Strategy.ALL, false));

    assertThat(kept.order()).isEqualTo(first);
    assertThat(kept.differs()).containsExactly(new Difference("validation", "FILE", "DNS"));
  }
}
