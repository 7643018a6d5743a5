package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Capability;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Renewals at the time that the CA suggests (RFC 9773), and at our own where it says nothing. */
class SuggestedRenewalTest {
  @RegisterExtension final Resources resources = new Resources();
  private Desk desk;
  private Order order;
  private Instant end;
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");

  @BeforeEach
  void issue() {
    vendor.capabilities = EnumSet.allOf(Capability.class);
    desk = resources.add(new Desk(resources.directory(), vendor));
    end = desk.now().plus(Duration.ofDays(90));
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", end));
    order = desk.apply("www.example.com");
  }

  @Test
  void theCaIsAskedWithinHoursAndThenWhenItSays() {
    assertThat(order.nextStepAt())
        .isBetween(after(0).plusSeconds(5 * 3600), after(0).plusSeconds(6 * 3600));
    suggest(after(60), after(62), Duration.ofDays(1));

    sweepIn(Duration.ofHours(6));

    Order looked = desk.find(order.id());
    assertThat(looked.issuance().suggested()).isEqualTo(vendor.window.orElseThrow());
    assertThat(looked.nextStepAt()).isEqualTo(vendor.window.orElseThrow().nextLook());
    assertThat(desk.notices).as("told of once, when it was issued").hasSize(1);
  }

  @Test
  void aWindowThatIsMovedEarlierRenewsAtOnce() {
    suggest(after(60), after(62), Duration.ofHours(6));
    sweepIn(Duration.ofHours(6));
    suggest(after(-2), after(-1), Duration.ofHours(6));
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", end.plus(Duration.ofDays(1))));

    sweepIn(Duration.ofHours(6));

    assertThat(desk.latest("www.example.com").renewalOf()).isEqualTo(order.id());
  }

  @Test
  void aLateWindowIsNotWaitedForUntilTheLastDays() {
    suggest(after(89), after(90), Duration.ofDays(1));
    sweepIn(Duration.ofDays(86));
    assertThat(desk.latest("www.example.com").id()).isEqualTo(order.id());
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", end.plus(Duration.ofDays(90))));

    sweepIn(Duration.ofDays(1).plusHours(1));

    assertThat(desk.latest("www.example.com").renewalOf()).isEqualTo(order.id());
  }

  @Test
  void withoutASuggestionTheLifetimeDecides() {
    sweepIn(Duration.ofHours(6));
    assertThat(desk.latest("www.example.com").id()).isEqualTo(order.id());
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", end.plus(Duration.ofDays(60))));

    sweepIn(Duration.ofDays(60));

    assertThat(desk.latest("www.example.com").renewalOf()).isEqualTo(order.id());
  }

  private Instant after(int days) {
    return order.createdAt().plus(Duration.ofDays(days));
  }

  private void suggest(Instant from, Instant to, Duration nextLook) {
    vendor.window =
        Optional.of(
            new RenewalWindow(from, to, null, desk.now().plusSeconds(6 * 3600).plus(nextLook)));
  }

  private void sweepIn(Duration pause) {
    desk.advance(pause);
    desk.renew();
  }
}
