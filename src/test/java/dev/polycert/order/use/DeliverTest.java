package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.ScriptedProvider.Call.REVOKE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Stage;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Delivery;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets of orders that are there change, and the certificates follow. */
class DeliverTest {
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));
  private static final DeliveryTarget OTHER = new DeliveryTarget("shelf", Map.of("row", "4"));
  private static final DeliveryTarget REPAINTED =
      new DeliveryTarget("shelf", Map.of("row", "3", "colour", "red"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @BeforeEach
  void open() {
    vendor.export = exported("canary-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
  }

  @Test
  void aFurtherTargetGetsTheCertificateAtOnceAndOnce() {
    Order order = desk.applyAuto("www.example.com", SHELF);

    Deliver.Entry changed = desk.deliver(order.id(), List.of(SHELF, OTHER), List.of());

    assertThat(changed.error()).isNull();
    assertThat(changed.order().deliveries())
        .extracting(Delivery::target, Delivery::state)
        .containsExactly(
            tuple(SHELF, Delivery.State.DELIVERED), tuple(OTHER, Delivery.State.DELIVERED));
    assertThat(desk.deliverer.delivered).containsExactly("null", "null");
    long version = changed.order().version();
    assertThat(desk.deliver(order.id(), List.of(OTHER), List.of()).order().version())
        .as("a repetition changes nothing")
        .isEqualTo(version);
  }

  @Test
  void aTargetThatIsRemovedKeepsItsCertificateAndGetsNoRenewal() {
    Order order = desk.applyAuto("www.example.com", SHELF, OTHER);

    Deliver.Entry changed =
        desk.deliver(
            order.id(), List.of(), List.of(new DeliveryTarget("shelf", Map.of("row", "4"))));

    assertThat(changed.error()).isNull();
    assertThat(changed.order().terms().deliver()).containsExactly(SHELF);
    assertThat(changed.order().deliveries()).extracting(Delivery::target).containsExactly(SHELF);
    renewed("c2");
    assertThat(desk.latest("www.example.com").deliveries())
        .extracting(Delivery::target)
        .containsExactly(SHELF);
    Deliver.Entry again =
        desk.deliver(desk.latest("www.example.com").id(), List.of(), List.of(OTHER));
    assertThat(again.error()).as("what is not there is removed already").isNull();
    assertThat(again.notes())
        .containsExactly("remove[0]: the order has no such target; it has shelf 3");
  }

  @Test
  void aFurtherTargetDoesNotAnnounceTheCertificateAgain() {
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(desk.notices).extracting(Notice::type).containsExactly("dev.polycert.order.issued");

    desk.deliver(order.id(), List.of(OTHER), List.of());
    desk.deliver(order.id(), List.of(), List.of(SHELF));

    assertThat(desk.notices).hasSize(1);
  }

  @Test
  void allThatHasFailedIsTriedAgainAtOnceWithoutNamingIt() {
    desk.deliverer.refusal = new VendorError(ErrorClass.RETRY, "Shelf.Full", "no room");
    Order order = desk.applyAuto("www.example.com", SHELF, OTHER);
    assertThat(desk.deliverer.delivered).isEmpty();
    desk.deliverer.refusal = null;

    Deliver.Entry again = desk.deliverAgain(order.id(), List.of(OTHER));

    assertThat(again.error()).isNull();
    assertThat(again.order().deliveries())
        .singleElement()
        .returns(SHELF, Delivery::target)
        .returns(Delivery.State.DELIVERED, Delivery::state);
    assertThat(desk.deliverer.delivered).hasSize(1);
    desk.deliverAgain(order.id(), List.of());
    assertThat(desk.deliverer.delivered).as("what is there is not brought again").hasSize(1);
  }

  @Test
  void aPlaceHasOneTargetOfAnOrder() {
    Order order = desk.applyAuto("www.example.com", SHELF);

    Deliver.Entry refused = desk.deliver(order.id(), List.of(REPAINTED), List.of());

    assertThat(refused.error().message()).contains("the same place, shelf 3", "remove");
    assertThat(refused.order().terms().deliver()).containsExactly(SHELF);
    assertThat(desk.deliverer.delivered).hasSize(1);
  }

  @Test
  void aTargetOfOneDelivererIsRemovedByAnyOfItsOptions() {
    Order order = desk.applyAuto("www.example.com", SHELF, OTHER);

    assertThat(
            desk.deliver(order.id(), List.of(), List.of(new DeliveryTarget("shelf", Map.of())))
                .order()
                .terms()
                .deliver())
        .isEmpty();
  }

  @Test
  void aChangedTargetReplacesWhatItHas() {
    Order order = desk.applyAuto("www.example.com", SHELF);

    Deliver.Entry changed = desk.deliver(order.id(), List.of(REPAINTED), List.of(SHELF));

    assertThat(changed.order().terms().deliver()).containsExactly(REPAINTED);
    assertThat(desk.deliverer.delivered).containsExactly("null", "shelf-1");
    desk.deliver(order.id(), List.of(OTHER), List.of(REPAINTED));
    assertThat(desk.deliverer.delivered.getLast()).as("another place").isEqualTo("null");
  }

  @Test
  void aChangedTargetKnowsWhatTheOneBeforeDidNotFinish() {
    desk.deliverer.stages.add(
        Answer.of(new Stage.UnderWay(Map.of("job", "7"), Duration.ofMinutes(1))));
    Order order = desk.applyAuto("www.example.com", SHELF);

    desk.deliver(order.id(), List.of(REPAINTED), List.of(SHELF));

    assertThat(desk.deliverer.told.getLast().state()).isEmpty();
    assertThat(desk.deliverer.told.getLast().unfinished()).isEqualTo(Map.of("job", "7"));
    assertThat(desk.deliverer.told.getLast().earlier()).isNull();
  }

  @Test
  void aChangeBesideADeliveryWaitsForItAndLosesNothing() {
    AtomicReference<CompletableFuture<List<NamedOrder<Deliver.Entry>>>> change =
        new AtomicReference<>();
    desk.deliverer.meanwhile =
        () -> {
          desk.deliverer.meanwhile = () -> Uni.createFrom().voidItem();
          change.set(
              desk.delivering(
                      List.of(desk.latest("www.example.com").id()), List.of(OTHER), List.of())
                  .subscribeAsCompletionStage());
          return Uni.createFrom().voidItem();
        };
    desk.applyAuto("www.example.com", SHELF);

    Deliver.Entry changed = change.get().join().getFirst().result();

    assertThat(changed.error()).isNull();
    assertThat(changed.order().deliveries())
        .extracting(Delivery::target, Delivery::state)
        .containsExactly(
            tuple(SHELF, Delivery.State.DELIVERED), tuple(OTHER, Delivery.State.DELIVERED));
    assertThat(desk.deliverer.delivered).hasSize(2);
  }

  @Test
  void whatHasNotWorkedIsTriedAtOnce() {
    desk.deliverer.refusal = new VendorError(ErrorClass.RETRY, "Shelf.Full", "no room");
    Order order = desk.applyAuto("www.example.com", SHELF);
    assertThat(order.deliveries().getFirst().error().code()).isEqualTo("Shelf.Full");
    desk.deliverer.refusal = null;

    Deliver.Entry changed = desk.deliver(order.id(), List.of(SHELF), List.of());

    assertThat(changed.order().deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.DELIVERED);
  }

  @Test
  void aRenewalThatIsUnderWayHasTheSameTargets() {
    Order old = desk.applyAuto("www.example.com", SHELF);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2", RECORD));
    desk.advance(Duration.ofDays(61));
    desk.renew();
    Order next = desk.latest("www.example.com");
    assertThat(next.state()).isEqualTo(OrderState.PENDING_VALIDATION);

    desk.deliver(old.id(), List.of(OTHER), List.of());

    assertThat(desk.find(old.id()).terms().deliver()).containsExactly(SHELF, OTHER);
    assertThat(desk.find(next.id()).terms().deliver()).containsExactly(SHELF, OTHER);
    assertThat(desk.deliverer.delivered).containsExactly("null", "null");
    desk.deliver(next.id(), List.of(), List.of(SHELF));
    assertThat(desk.find(old.id()).terms().deliver()).containsExactly(OTHER);
    assertThat(desk.find(next.id()).terms().deliver()).containsExactly(OTHER);
  }

  @Test
  void anOrderThatIsFollowedOrEndedSaysSo() {
    Order old = desk.applyAuto("www.example.com", SHELF);
    renewed("c2");
    Order next = desk.latest("www.example.com");

    assertThat(desk.deliver(old.id(), List.of(OTHER), List.of()).error().message())
        .contains("is followed by " + next.id());
    vendor.on(REVOKE, progress(Phase.REVOKED, "c2"));
    desk.end(Cancellation.Kind.REVOKE, next.id());
    assertThat(desk.deliver(next.id(), List.of(OTHER), List.of()).error().message())
        .contains("apply again");
    assertThat(desk.find(next.id()).terms().deliver()).containsExactly(SHELF);
  }

  @Test
  void anUnknownOrderSpoilsNoOther() {
    Order order = desk.applyAuto("www.example.com");
    OrderId unknown = new OrderId("ord_" + "0".repeat(32));

    List<NamedOrder<Deliver.Entry>> changed =
        desk.deliver(List.of(unknown, order.id()), List.of(SHELF), List.of());

    assertThat(changed.getFirst().error().code()).isEqualTo("Order.Unknown");
    assertThat(changed.getLast().result().order().deliveries())
        .extracting(Delivery::state)
        .containsExactly(Delivery.State.DELIVERED);
  }

  private void renewed(String id) {
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(150))));
    desk.advance(Duration.ofDays(61));
    desk.renew();
  }
}
