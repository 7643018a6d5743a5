package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.domain.Obstacle;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.testing.Resources;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What in the DNS keeps the CA of a vendor from issuing is seen before an application is spent. */
class OutlookTest {
  private static final String DOMAIN = "www.example.com";
  private static final Obstacle FORBIDDEN = Obstacle.lasting("Dns.CaaForbids", "CAA forbids it");
  private static final Obstacle BOGUS = Obstacle.passing("Dns.Bogus", "DNSSEC does not validate");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void whatTheOwnerHasToChangeEndsTheOrderBeforeAnythingIsSent() {
    desk.obstacles.put(DOMAIN, FORBIDDEN);
    vendor.on(PREPARE, ready());

    Order order = desk.apply(DOMAIN);

    assertThat(order.state()).isEqualTo(OrderState.FAILED);
    assertThat(order.error().code()).isEqualTo("Dns.CaaForbids");
    assertThat(order.error().message()).isEqualTo("CAA forbids it");
    assertThat(vendor.calls).containsExactly(PREPARE);
  }

  @Test
  void whatMayPassKeepsTheOrderUntilItHasPassed() {
    desk.obstacles.put(DOMAIN, BOGUS);
    vendor.on(PREPARE, ready()).on(PREPARE, ready());
    vendor.on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    Order waiting = desk.apply(DOMAIN);
    desk.obstacles.clear();
    desk.advance(Duration.ofHours(1));
    desk.renew();

    assertThat(waiting.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(waiting.error().code()).isEqualTo("Dns.Bogus");
    assertThat(desk.latest(DOMAIN).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void aDryRunSaysIt() {
    desk.obstacles.put(DOMAIN, FORBIDDEN);
    vendor.on(PREPARE, ready());

    Apply.Entry entry = desk.dryRun(DOMAIN);

    assertThat(entry.error().code()).isEqualTo("Dns.CaaForbids");
    assertThat(entry.error().errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  @Test
  void aVendorIsAppliedToWhereNoNameServerCanBeAsked() {
    desk.obstacles.put(DOMAIN, Obstacle.passing(Obstacle.UNREACHABLE, "port 53 is closed"));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));

    assertThat(desk.apply(DOMAIN).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void whatTheVendorHasAlreadyIsTakenOverWithoutALook() {
    desk.obstacles.put(DOMAIN, FORBIDDEN);
    vendor.on(
        PREPARE,
        progress(Phase.PENDING_VALIDATION, "c1", RECORD)
            .map(found -> (Preparation) new Preparation.Existing(found)));

    assertThat(desk.apply(DOMAIN).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }
}
