package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.intend;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The next provider is asked when the one before cannot serve, and never beside it. */
class FailoverTest {
  private static final String DOMAIN = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider second = new ScriptedProvider("second");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, second));

  private static Uni<Answer<?>> fault() {
    return Uni.createFrom().failure(new IllegalStateException("the table cannot be reached"));
  }

  private void secondServes() {
    second.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "s1", RECORD));
  }

  @Test
  void aFaultAfterTheOrderWasPlacedDoesNotPlaceItElsewhereAsWell() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.APPLYING, "c1"))
        .on(CHECK, context -> fault());
    secondServes();

    Apply.Entry applied = desk.applyFirst(DOMAIN);

    assertThat(second.calls).isEmpty();
    assertThat(applied.provider()).isEqualTo("vendor");
    assertThat(applied.order()).isEqualTo(desk.latest(DOMAIN));
    assertThat(applied.order().state()).isEqualTo(OrderState.APPLYING);
    assertThat(applied.existing()).isFalse();
    assertThat(applied.error().code()).isEqualTo("Internal");
  }

  @Test
  void aFaultWhileItIsPlacedDoesNotPlaceItElsewhereAsWell() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, context -> intend(context, "Write").flatMap(sent -> fault()));
    secondServes();

    Apply.Entry applied = desk.applyFirst(DOMAIN);

    assertThat(second.calls).isEmpty();
    assertThat(applied.order().intent()).isNotNull();
    assertThat(applied.error().code()).isEqualTo("Internal");
  }

  @Test
  void aFaultBeforeAnythingWasSentPassesTheOrderOnAndLeavesNothingBehind() {
    vendor.on(PREPARE, context -> fault());
    secondServes();

    Apply.Entry applied = desk.applyFirst(DOMAIN);

    assertThat(applied.provider()).isEqualTo("second");
    assertThat(applied.passedOver())
        .singleElement()
        .satisfies(
            passed -> {
              assertThat(passed.error().code()).isEqualTo("Internal");
              assertThat(passed.order()).isEqualTo(desk.latest(DOMAIN).id());
            });
    assertThat(desk.latest(DOMAIN).state()).isEqualTo(OrderState.CANCELLED);
    desk.advance(Duration.ofHours(1));
    desk.renew();
    assertThat(vendor.calls).as("nothing is left to send").containsExactly(PREPARE);
  }

  @Test
  void aProviderThatIsKnownToBeDownIsPassedOver() {
    VendorError down =
        new VendorError(ErrorClass.RETRY, "Vendor.Down", "no answer", null, Duration.ofSeconds(30));
    vendor.on(PREPARE, Answer.refused(down));
    secondServes();

    Apply.Entry applied = desk.applyFirst(DOMAIN);

    assertThat(applied.provider()).isEqualTo("second");
    assertThat(applied.passedOver()).extracting(Apply.PassedOver::error).containsExactly(down);
  }
}
