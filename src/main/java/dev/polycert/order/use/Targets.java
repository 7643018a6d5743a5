package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Delivery;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.Served;
import dev.polycert.order.ServedHosts;
import dev.polycert.order.Upkeep;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
      return remove.stream().anyMatch(pattern -> matches(pattern, target));
    }

    private static boolean matches(DeliveryTarget pattern, DeliveryTarget target) {
      return pattern.to().equals(target.to())
          && target.options().entrySet().containsAll(pattern.options().entrySet());
    }

    /** The places in the list of removed targets of those that the order has not. */
    List<Integer> absent(Order order) {
      return IntStream.range(0, remove.size())
          .filter(
              i -> order.terms().deliver().stream().noneMatch(own -> matches(remove.get(i), own)))
          .boxed()
          .toList();
    }

    private List<DeliveryTarget> removed(Order order) {
      return order.terms().deliver().stream().filter(this::removes).toList();
    }

    /**
     * The same, with all targets of an order that its certificate has not reached and that stay.
     */
    Change retrying(Order order) {
      Stream<DeliveryTarget> open =
          order.deliveries().stream()
              .filter(
                  delivery ->
                      delivery.state() == Delivery.State.WAITING
                          || delivery.state() == Delivery.State.REFUSED)
              .map(Delivery::target)
              .filter(target -> !removes(target));
      return new Change(Stream.concat(add.stream(), open).distinct().toList(), remove, true);
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
   * @param rivals the notes about other orders that are delivered to the same places
   * @param error why nothing was changed
   */
  record Changed(
      Order order, List<DeliveryTarget> added, List<String> rivals, @Nullable VendorError error) {

    private static Changed refused(Order order, VendorError error) {
      return new Changed(order, List.of(), List.of(), error);
    }
  }

  /** Makes a change; an order that is so already stays as it is. */
  Uni<Changed> change(Order live, Change change, Instant deadline) {
    List<DeliveryTarget> added = change.added(live);
    List<DeliveryTarget> due = change.due(live);
    if (due.isEmpty() && change.removed(live).isEmpty() && change.moved(live).isEmpty()) {
      return Uni.createFrom().item(new Changed(live, added, List.of(), null));
    }
    Optional<VendorError> obstacle =
        obstacle(live, change).or(() -> withheldKey(live, change.added(live)));
    if (obstacle.isPresent()) {
      return Uni.createFrom().item(Changed.refused(live, obstacle.get()));
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
        .flatMap(
            order ->
                rivals(order.provider(), order.series(), order.domain(), added)
                    .map(rivals -> new Changed(order, added, rivals, null)))
        .onFailure(StaleOrderException.class)
        .recoverWithUni(() -> again(live, change, deadline));
  }

  private Uni<Changed> again(Order live, Change change, Instant deadline) {
    if (!clock.instant().plus(PAUSE).isBefore(deadline)) {
      return Uni.createFrom().item(Changed.refused(live, ChangedTerms.busy("deliver", live)));
    }
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(PAUSE)
        .flatMap(pause -> book.find(live.id()))
        .flatMap(now -> change(now.orElse(live), change, deadline));
  }

  /** Why an order cannot have the targets of a change. */
  Optional<VendorError> obstacle(Order live, Change change) {
    List<DeliveryTarget> added = change.added(live);
    List<DeliveryTarget> all = change.all(live);
    if (!added.isEmpty() && live.terms().information().csr() != null) {
      return refused(
          "deliver: needs the private key, which stays with you because the order has your csr");
    }
    if (!added.isEmpty() && all.size() > MOST) {
      return refused(
          "deliver: the order would have %d targets; at most %d".formatted(all.size(), MOST));
    }
    int hosts = ServedHosts.named(all);
    if (!added.isEmpty() && hosts > ServedHosts.MOST) {
      return refused(
          "serves: the order's targets would name %d hosts; Polycert looks at %d at most"
              .formatted(hosts, ServedHosts.MOST));
    }
    for (DeliveryTarget target : added) {
      for (DeliveryTarget other : all) {
        if (!other.equals(target) && catalog.collide(target, other, live.domain())) {
          return refused(
              "deliver: the order has another target at the same place, %s, which has room for one certificate in one form; name that target in remove of /deliver, together with the new one in deliver"
                  .formatted(other.summary()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Why the certificate that an order has cannot be delivered to further targets: they would wait
   * for ever, and each renewal would be refused because of them.
   */
  Optional<VendorError> withheldKey(Order live, List<DeliveryTarget> further) {
    return further.isEmpty()
        ? Optional.empty()
        : catalog.ofOrder(live.provider()).withholdsKey(live.application());
  }

  /**
   * Why the applicant may not keep the key of an order's certificate, for which a CSR was given.
   */
  static Optional<VendorError> needKey(Order live, List<DeliveryTarget> targets) {
    return targets.isEmpty()
        ? Optional.empty()
        : refused(
            "information.csr: the certificate of order %s is delivered to %s, which needs the private key; remove these targets first (POST /deliver)"
                .formatted(live.id(), names(targets)));
  }

  private static Optional<VendorError> refused(String why) {
    return Optional.of(NamedOrders.conflict(why));
  }

  /**
   * Names the other orders of a domain, at other providers or with other labels, that are delivered
   * to one of these places as well: the renewal of each replaces the certificate of the other.
   *
   * @param provider where the targets' own order is
   * @param series of the targets' own order, see {@link Identity#series}
   */
  Uni<List<String>> rivals(
      String provider, String series, DomainName domain, List<DeliveryTarget> targets) {
    if (targets.stream().noneMatch(target -> catalog.collide(target, target, domain))) {
      return Uni.createFrom().item(List.of());
    }
    return book.latest(domain)
        .map(
            others ->
                others.stream()
                    .filter(other -> !other.state().ended())
                    .filter(
                        other ->
                            !other.provider().equals(provider) || !other.series().equals(series))
                    .flatMap(other -> rivalries(targets, other))
                    .toList());
  }

  private Stream<String> rivalries(List<DeliveryTarget> targets, Order other) {
    return targets.stream()
        .filter(
            target ->
                other.terms().deliver().stream()
                    .anyMatch(theirs -> catalog.collide(target, theirs, other.domain())))
        .map(
            target ->
                "another order of the domain, at another provider or with another label, is delivered to the same place, %s: each renewal of one replaces the certificate of the other; remove the target of one of them"
                    .formatted(target.summary()));
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
    // What was announced is not announced again for a further target.
    Order kept = Upkeep.work(live).isPresent() ? draft : draft.asAnnounced();
    return live.state() == OrderState.ISSUED && !due.isEmpty() ? kept.withNextStepAt(now) : kept;
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
                    .flatMap(removed -> Delivery.to(removed, live.deliveries()).stream())
                    .filter(removed -> removed.place() != null || removed.progress() != null)
                    .findFirst()
                    .map(removed -> removed.takenOver(target, now)))
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
