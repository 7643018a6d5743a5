package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.FIND;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.intend;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An order that does not come to be placed: tried less and less, looked for, and ended in time. */
class TriesTest {
  private static final String DOMAIN = "www.example.com";
  private static final Duration TIME = Duration.ofHours(72);

  /** More than an order may need in its time: every half an hour, and some more at first. */
  private static final int TRIES = 160;

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"RETRY", "THROTTLED", "PENDING"})
  void anOrderThatIsAlwaysRefusedIsTriedLessAndLessAndEndsByName(ErrorClass errorClass) {
    for (int i = 0; i <= TRIES; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, refused(errorClass));
    }

    Order ended = sweepUntilItEnds(desk.apply(DOMAIN));

    assertThat(ended.error().code()).isEqualTo("Deadline.REQUESTED");
    assertThat(ended.error().message()).contains("Code." + errorClass);
    assertThat(ended.updatedAt()).isEqualTo(ended.createdAt().plus(TIME));
    assertThat(places()).isBetween(100L, (long) TRIES);
  }

  @Test
  void anOrderWhoseAnswersAreAlwaysLostIsLookedForAndEndsByName() {
    for (int i = 0; i <= TRIES; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, unclear());
      vendor.on(FIND, absent("req-1")).on(FIND, absent("req-2"));
    }

    Order ended = sweepUntilItEnds(desk.apply(DOMAIN));

    assertThat(ended.error().code()).isEqualTo("Deadline.REQUESTED");
    assertThat(ended.updatedAt())
        .isBetween(
            ended.createdAt().plus(TIME), ended.createdAt().plus(TIME).plus(Duration.ofHours(1)));
    assertThat(places()).isBetween(100L, (long) TRIES);
    assertThat(vendor.calls.getLast()).as("the last one is looked for as well").isEqualTo(FIND);
  }

  @Test
  void aStateDoesNotEndBeforeTheTimeThatTheVendorNamed() {
    Duration wait = Duration.ofDays(4);
    vendor.on(PREPARE, ready()).on(PLACE, put(wait)).on(PREPARE, ready()).on(PLACE, put(wait));
    Order order = desk.apply(DOMAIN);
    assertThat(order.nextStepAt()).isEqualTo(desk.now().plus(wait));
    assertThat(order.deadline()).isAfter(desk.now().plus(wait));

    desk.advance(wait.minusMinutes(1));
    assertThat(desk.renew()).isEmpty();
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(desk.find(order.id()).state()).as("put off again").isEqualTo(OrderState.REQUESTED);

    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.advance(wait);
    desk.renew();
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void aVendorThatSaysInAMomentForEverIsNotWaitedForForEver() {
    Duration moment = Duration.ofMinutes(30);
    for (int i = 0; i <= TRIES; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, put(moment));
    }

    Order ended = sweepUntilItEnds(desk.apply(DOMAIN));

    assertThat(ended.updatedAt())
        .isBetween(ended.createdAt().plus(TIME), ended.createdAt().plus(TIME).plus(moment));
  }

  private static <T> Answer<T> put(Duration wait) {
    return Answer.refused(
        new VendorError(ErrorClass.THROTTLED, "rateLimited", "later", null, wait));
  }

  private Order sweepUntilItEnds(Order order) {
    Order now = order;
    for (int sweep = 0; sweep < 4 * TRIES && now.state().open(); sweep++) {
      Instant next = now.nextStepAt().isBefore(now.deadline()) ? now.nextStepAt() : now.deadline();
      desk.advance(Duration.between(desk.now(), next));
      desk.renew();
      now = desk.find(order.id());
    }
    assertThat(now.state()).isEqualTo(OrderState.FAILED);
    return now;
  }

  private long places() {
    return vendor.calls.stream().filter(PLACE::equals).count();
  }

  @Test
  void whatIsSentLastIsLookedForLongerThanItMayBeSent() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, refused(ErrorClass.THROTTLED))
        .on(PREPARE, ready())
        .on(PLACE, unclear())
        .on(FIND, unclear());
    Order order = desk.apply(DOMAIN);
    desk.advance(TIME.minusMinutes(1));
    desk.renew();

    for (int hour = 0; hour < 70; hour++) {
      vendor.on(FIND, unclear());
      desk.advance(Duration.ofHours(1));
      assertThat(desk.renew()).extracting(Order::state).containsExactly(OrderState.UNCERTAIN);
    }
    vendor.on(FIND, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.advance(Duration.ofHours(1));
    desk.renew();

    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertThat(places()).isEqualTo(2);
  }

  @Test
  void whatTheVendorTakesLateHasAllTheTimeOfItsNewState() {
    for (int i = 0; i < 10; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, refused(ErrorClass.THROTTLED));
    }
    Order order = desk.apply(DOMAIN);
    for (int i = 1; i < 10; i++) {
      desk.advance(Duration.ofHours(7));
      desk.renew();
    }
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.REQUESTED);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.APPLYING, "c1", RECORD));
    desk.advance(Duration.ofHours(7));
    desk.renew();

    Order taken = desk.find(order.id());
    assertThat(taken.state()).isEqualTo(OrderState.APPLYING);
    assertThat(taken.deadline()).isEqualTo(desk.now().plus(TIME));
    assertThat(taken.nextStepAt()).as("soon").isBefore(desk.now().plusSeconds(30));
  }

  @Test
  void whatWasNeverSentIsTriedOnceHoweverLateItIs() {
    Order order = desk.applyWithoutTime(DOMAIN).getFirst().order();
    desk.advance(TIME.multipliedBy(2));
    vendor.on(PREPARE, ready()).on(PLACE, unclear()).on(FIND, absent("req-1"));
    desk.renew();
    assertThat(desk.find(order.id()).state()).as("it may be there").isEqualTo(OrderState.UNCERTAIN);

    vendor.on(FIND, absent("req-2"));
    desk.advance(Duration.ofMinutes(3));
    desk.renew();

    assertThat(desk.find(order.id()).error().code()).isEqualTo("Deadline.REQUESTED");
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND, FIND);
  }

  // --- how long a look-up that shows nothing proves nothing ---

  /** The vendor asks for a pause, so that the write takes effect minutes after its intent. */
  @Test
  void aVendorsListsMaySettleAfterTheLastSendAndNotAfterItsIntent() {
    Order order = desk.applyWithoutTime(DOMAIN).getFirst().order();
    vendor
        .on(PREPARE, ready())
        .onWrite(PLACE, () -> desk.advance(Duration.ofSeconds(131)), unclear())
        .on(FIND, absent("req-1"));
    desk.advance(Duration.ofMinutes(1));

    sweep(Duration.ofSeconds(280));

    Order left = desk.find(order.id());
    assertThat(left.state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(left.nextStepAt()).isEqualTo(desk.now().plus(Duration.ofMinutes(2)));
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND);
  }

  @Test
  void aWriterThatDiedMayHaveSentAsLongAsItHadTime() {
    Order order = desk.applyWithoutTime(DOMAIN).getFirst().order();
    desk.advance(Duration.ofMinutes(1));
    Instant end = desk.now().plusSeconds(280);
    vendor
        .on(PREPARE, ready())
        .on(
            PLACE,
            context ->
                intend(context, "Write")
                    .flatMap(
                        sent -> Uni.createFrom().<Answer<?>>failure(new RuntimeException("died"))))
        .on(FIND, absent("req-1"));
    sweep(Duration.ofSeconds(280));

    desk.advance(Duration.ofSeconds(300));
    desk.renew();

    Order left = desk.find(order.id());
    assertThat(left.state()).isEqualTo(OrderState.UNCERTAIN);
    assertThat(left.nextStepAt()).isEqualTo(end.plus(Duration.ofMinutes(2)));
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE, FIND);

    vendor
        .on(FIND, absent("req-2"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    desk.advance(Duration.between(desk.now(), left.nextStepAt()));
    desk.renew();
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  private void sweep(Duration time) {
    desk.renew.due(desk.now().plus(time)).await().atMost(Duration.ofSeconds(20));
  }
}
