package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators see of orders. */
class OrderWatchTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @Test
  void everyStateIsCountedOnceWhenItIsEntered() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, refused(ErrorClass.PENDING))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    Order order = desk.apply("www.example.com");
    assertThat(orders())
        .containsExactly("vendor REQUESTED", "vendor APPLYING", "vendor PENDING_VALIDATION");

    desk.check(order.id());
    assertThat(orders()).as("a check that changes nothing").isEmpty();

    desk.check(order.id());
    assertThat(orders()).containsExactly("vendor ISSUED", "dev.polycert.order.issued");
  }

  @Test
  void anOrderThatIsThereIsNotCountedAgain() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.apply("www.example.com");
    orders();

    desk.apply("www.example.com");
    assertThat(orders()).isEmpty();
  }

  @Test
  void anOrderThatIsStuckUntilItsDeadlineIsToldOf() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD))
        .on(CHECK, refused(ErrorClass.PENDING));
    Order order = desk.apply("www.example.com");
    orders();

    desk.advance(Duration.ofHours(49));
    desk.check(order.id());
    assertThat(orders()).containsExactly("vendor FAILED", "dev.polycert.order.stuck");
  }

  @Test
  void theTimeOfEveryFanOutIsTaken() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.applyFor("www.example.com");

    assertThat(desk.metrics.take()).contains("fanned out");
  }

  private List<String> orders() {
    return desk.metrics.take().stream().filter(note -> !note.equals("fanned out")).toList();
  }
}
