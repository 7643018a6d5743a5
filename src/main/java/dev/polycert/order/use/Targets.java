package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.Served;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import dev.polycert.provider.DeliveryTarget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the targets of an order, and brings its certificate to new ones at once. */
@ApplicationScoped
class Targets {
  /** As many as one request may give. */
  private static final int MOST = 10;

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Catalog catalog;
  private final OrderBook book;
  private final Steps steps;
  private final Clock clock;

  Targets(Catalog catalog, OrderBook book, Steps steps, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * A change of an order's targets.
   *
   * @param add those that are to be there
   * @param remove those that are not: each stands for all targets of its deliverer that have its
   *     options, among others
   * @param retry whether what is to be there and has not worked so far is tried at once
   */
  record Change(List<DeliveryTarget> add, List<DeliveryTarget> remove, boolean retry) {

    static Change adding(List<DeliveryTarget> targets) {
      return new Change(targets, List.of(), false);
    }

    private boolean removes(DeliveryTarget target) {
      return remove.stream()
          .anyMatch(
              pattern ->
                  pattern.to().equals(target.to())
                      && target.options().entrySet().containsAll(pattern.options().entrySet()));
    }

    private List<DeliveryTarget> removed(Order order) {
      return order.terms().deliver().stream().filter(this::removes).toList();
    }

    /** The targets that are new to an order, or are added again. */
    List<DeliveryTarget> added(Order order) {
      return add.stream()
          .distinct()
          .filter(target -> !order.terms().deliver().contains(target) || removes(target))
          .toList();
    }

    /** The targets that stay, but name other hosts from now on. */
    private List<DeliveryTarget> moved(Order order) {
      return add.stream()
          .filter(target -> !removes(target))
          .filter(
              target ->
                  order.terms().deliver().stream()
                      .anyMatch(there -> there.equals(target) && !there.same(target)))
          .toList();
    }

    private DeliveryTarget latest(DeliveryTarget there) {
      return add.stream().filter(there::equals).findFirst().orElse(there);
    }

    private List<DeliveryTarget> retried(Order order) {
      return order.deliveries().stream()
          .filter(delivery -> retry && delivery.state() != Delivery.State.DELIVERED)
          .map(Delivery::target)
          .filter(target -> add.contains(target) && !removes(target))
          .map(this::latest)
          .toList();
    }

    /** Waits for the certificate. */
    private List<DeliveryTarget> due(Order order) {
      return Stream.concat(added(order).stream(), retried(order).stream()).toList();
    }

    private List<DeliveryTarget> all(Order order) {
      return Stream.concat(
              order.terms().deliver().stream().filter(target -> !removes(target)).map(this::latest),
              added(order).stream())
          .toList();
    }
  }

  /**
   * The result of a change.
   *
   * @param added the targets that the order has now and had not
   * @param error why nothing was changed
   */
  record Changed(Order order, List<DeliveryTarget> added, @Nullable VendorError error) {}

  /** Makes a change; an order that is so already stays as it is. */
  Uni<Changed> change(Order live, Change change, Instant deadline) {
    List<DeliveryTarget> added = change.added(live);
    List<DeliveryTarget> due = change.due(live);
    if (due.isEmpty() && change.removed(live).isEmpty() && change.moved(live).isEmpty()) {
      return Uni.createFrom().item(new Changed(live, added, null));
    }
    List<DeliveryTarget> all = change.all(live);
    if (!added.isEmpty() && live.terms().information().csr() != null) {
      return refused(
          live,
          "deliver: needs the private key, which stays with you because the order has your csr");
    }
    if (all.size() > MOST) {
      return refused(
          live, "deliver: the order would have %d targets; at most %d".formatted(all.size(), MOST));
    }
    Step step = steps.step(live, deadline);
    // A record beside a step that waits for a vendor would lose the vendor's answer.
    if (step.othersAtWork()) {
      return again(live, change, deadline);
    }
    return step.record(changed(live, change), describe(live, change), null)
        .flatMap(
            taken ->
                taken.state() == OrderState.ISSUED && !due.isEmpty()
                    ? steps.advance(taken, deadline)
                    : Uni.createFrom().item(taken))
        .map(order -> new Changed(order, added, null))
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> again(live, change, deadline));
  }

  private Uni<Changed> again(Order live, Change change, Instant deadline) {
    if (!clock.instant().plus(PAUSE).isBefore(deadline)) {
      return Uni.createFrom()
          .item(new Changed(live, List.of(), ChangedTerms.busy("deliver", live)));
    }
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(PAUSE)
        .flatMap(pause -> book.find(live.id()))
        .flatMap(now -> change(now.orElse(live), change, deadline));
  }

  private static Uni<Changed> refused(Order live, String why) {
    return Uni.createFrom().item(new Changed(live, List.of(), NamedOrders.conflict(why)));
  }

  private Order changed(Order live, Change change) {
    Instant now = clock.instant();
    List<DeliveryTarget> due = change.due(live);
    List<Delivery> deliveries = new ArrayList<>();
    for (Delivery delivery : live.deliveries()) {
      if (!change.removes(delivery.target()) && !due.contains(delivery.target())) {
        deliveries.add(delivery.at(change.latest(delivery.target())));
      }
    }
    due.forEach(target -> deliveries.add(waiting(live, change, target, now)));
    Order draft =
        live.with(live.placement().withTerms(live.terms().withDeliver(change.all(live))))
            .withDeliveries(deliveries);
    boolean seen = live.issuance().served() != null;
    if (!change.moved(live).isEmpty() || (seen && !change.removed(live).isEmpty())) {
      draft = draft.with(draft.issuance().withServed(Served.again(draft, now)));
    }
    return live.state() == OrderState.ISSUED && !due.isEmpty() ? draft.withNextStepAt(now) : draft;
  }

  /**
   * The delivery replaces the certificate that the target has, or that a removed target of the same
   * place had.
   */
  private Delivery waiting(Order live, Change change, DeliveryTarget target, Instant now) {
    Optional<Delivery> own = Delivery.to(target, live.deliveries()).map(it -> it.anew(now));
    return own.filter(it -> it.place() != null)
        .or(
            () ->
                change.removed(live).stream()
                    .filter(removed -> catalog.samePlace(removed, target))
                    .map(removed -> Delivery.place(live.deliveries(), removed))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(place -> Delivery.waiting(target, place, now)))
        .or(() -> own)
        .orElseGet(() -> Delivery.waiting(target, null, now));
  }

  private static String describe(Order live, Change change) {
    List<String> parts = new ArrayList<>();
    List<DeliveryTarget> due = change.due(live);
    if (!due.isEmpty()) {
      parts.add("to be delivered to " + names(due));
    }
    if (!change.moved(live).isEmpty()) {
      parts.add("served elsewhere from " + names(change.moved(live)));
    }
    if (!change.removed(live).isEmpty()) {
      parts.add("no longer delivered to " + names(change.removed(live)));
    }
    return String.join("; ", parts);
  }

  static String names(List<DeliveryTarget> targets) {
    return targets.stream().map(DeliveryTarget::to).collect(Collectors.joining(", "));
  }
}
