package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.use.Targets.Change;
import dev.polycert.provider.Capability;
import dev.polycert.provider.DeliveryTarget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes where the certificates of orders go, and brings them there: the use case behind {@code
 * deliver}. May be repeated. A renewal that is under way gets the same targets as the certificate
 * that it renews.
 */
@ApplicationScoped
public class Deliver {
  private final Catalog catalog;
  private final OrderBook book;
  private final NamedOrders orders;
  private final Targets targets;

  Deliver(Catalog catalog, OrderBook book, NamedOrders orders, Targets targets) {
    this.catalog = catalog;
    this.book = book;
    this.orders = orders;
    this.targets = targets;
  }

  /**
   * An order with its targets as they are now.
   *
   * @param error why they are as before
   * @param notes what the caller should know of them
   */
  public record Entry(Order order, @Nullable VendorError error, List<String> notes) {

    public Entry {
      notes = List.copyOf(notes);
    }

    private static Entry failed(Order order, VendorError error) {
      return new Entry(order, error, List.of());
    }
  }

  /**
   * Changes the targets of orders.
   *
   * @param add the targets that are to be there; those that wait are tried at once
   * @param remove the targets that are not: each stands for all of its deliverer with its options
   * @param retry whether all others that wait or have refused are tried at once too
   */
  public Uni<List<NamedOrder<Entry>>> deliver(
      List<OrderId> ids,
      List<DeliveryTarget> add,
      List<DeliveryTarget> remove,
      boolean retry,
      Instant deadline) {
    return orders.each(
        ids,
        deadline,
        step -> {
          Change change = change(step.order(), add, remove);
          return deliver(step.order(), retry ? change.retrying(step.order()) : change, deadline);
        },
        Entry::failed);
  }

  /** The change with the accounts of the order's domain. */
  private Change change(Order order, List<DeliveryTarget> add, List<DeliveryTarget> remove) {
    return new Change(
        catalog.targetsFor(order.domain(), add),
        remove.stream().map(target -> there(order, target)).toList(),
        true);
  }

  /** An order from before an account was configured may have the target at the default one. */
  private DeliveryTarget there(Order order, DeliveryTarget target) {
    boolean asGiven =
        order.terms().deliver().stream().anyMatch(own -> own.to().equals(target.to()));
    return asGiven ? target : target.withTo(catalog.delivererFor(order.domain(), target.to()));
  }

  private Uni<Entry> deliver(Order order, Change change, Instant deadline) {
    Optional<VendorError> obstacle = obstacle(order, change);
    if (obstacle.isPresent()) {
      return Uni.createFrom().item(Entry.failed(order, obstacle.get()));
    }
    return book.latest(order.provider(), order.series(), order.domain())
        .flatMap(latest -> deliver(order, latest.orElse(order), change, deadline));
  }

  private Uni<Entry> deliver(Order order, Order latest, Change change, Instant deadline) {
    if (latest.id().equals(order.id())) {
      OrderId renewed = order.state() == OrderState.ISSUED ? null : order.renewalOf();
      return renewed == null
          ? change(order, change, deadline)
          : book.find(renewed)
              .flatMap(
                  old ->
                      old.filter(it -> it.state() == OrderState.ISSUED)
                          .map(it -> both(it, order, change, deadline))
                          .orElseGet(() -> change(order, change, deadline)));
    }
    if (latest.state() == OrderState.ISSUED) {
      return Uni.createFrom()
          .item(
              Entry.failed(
                  order,
                  NamedOrders.conflict(
                      "Order %s is followed by %s, whose certificate is in use; name that one."
                          .formatted(order.id(), latest.id()))));
    }
    return latest.state().ended()
        ? change(order, change, deadline)
        : both(latest, order, change, deadline);
  }

  /** The order that was not named first, so that the answer shows the one that was. */
  private Uni<Entry> both(Order other, Order named, Change change, Instant deadline) {
    return change(other, change, deadline)
        .flatMap(
            done ->
                done.error() == null
                    ? change(named, change, deadline)
                    : Uni.createFrom().item(Entry.failed(named, done.error())));
  }

  private Uni<Entry> change(Order order, Change change, Instant deadline) {
    List<String> absent = change.absent(order).stream().map(place -> absent(order, place)).toList();
    return targets
        .change(order, change, deadline)
        .map(
            changed ->
                new Entry(
                    changed.order(),
                    changed.error(),
                    Stream.concat(absent.stream(), changed.rivals().stream()).toList()));
  }

  private String absent(Order order, int place) {
    List<DeliveryTarget> own = order.terms().deliver();
    return "remove[%d]: the order has no such target; it has %s"
        .formatted(
            place,
            own.isEmpty()
                ? "none"
                : own.stream().map(DeliveryTarget::summary).collect(Collectors.joining(", ")));
  }

  private Optional<VendorError> obstacle(Order order, Change change) {
    if (order.state().ended()) {
      return Optional.of(
          NamedOrders.conflict(
              "Order %s is %s: nothing of it is delivered any more; apply again for a new one."
                  .formatted(order.id(), order.state())));
    }
    if (!change.added(order).isEmpty()) {
      Optional<VendorError> incapable =
          catalog.incapable(order.provider(), Capability.EXPORT_KEY).map(NamedOrders::conflict);
      if (incapable.isPresent()) {
        return incapable;
      }
    }
    return change.added(order).stream()
        .flatMap(target -> wrong(order, target).stream())
        .findFirst();
  }

  /** The request was checked without the domain, which may stand in options. */
  private Optional<VendorError> wrong(Order order, DeliveryTarget target) {
    List<String> missing = catalog.missing(target);
    if (!missing.isEmpty()) {
      return Optional.of(
          new VendorError(
              ErrorClass.CREDENTIALS,
              "NotConfigured",
              "%s needs %s".formatted(target.to(), String.join(", ", missing))));
    }
    Map<String, String> wrong = catalog.wrong(target, order.domain());
    return wrong.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                new VendorError(
                    ErrorClass.FINAL,
                    "Target.Invalid",
                    "%s: %s %s".formatted(target.to(), entry.getKey(), entry.getValue())))
        .findFirst();
  }
}
