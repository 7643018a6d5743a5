package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Export;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings issued certificates to their targets. A delivery that fails is told of and tried again; it
 * changes nothing about the certificate.
 *
 * <p>An order and its renewal go to the same targets, and the old certificate must not come last.
 * So the old order's deliveries are dropped where it sees that a later one is issued, and the later
 * order's wait while the old one's are being made. Each records what it is about to do (that it
 * delivers, that it is issued) before it looks at the other, so that one of them sees it.
 */
@ApplicationScoped
class Delivering {
  private final Catalog catalog;
  private final OrderBook book;

  Delivering(Catalog catalog, OrderBook book) {
    this.catalog = catalog;
    this.book = book;
  }

  /** Delivers what waits for it. */
  Uni<Order> deliver(Step step) {
    return before(step.order())
        .flatMap(
            before ->
                before.filter(step.ownWork()::delivering).isPresent()
                    // It is due still, so the next sweep finds out.
                    ? Uni.createFrom().item(step.order())
                    : deliver(step, before.map(Order::deliveries).orElse(List.of())));
  }

  private Uni<Optional<Order>> before(Order order) {
    return order.renewalOf() == null
        ? Uni.createFrom().item(Optional.empty())
        : book.find(order.renewalOf());
  }

  private Uni<Order> deliver(Step step, List<Delivery> before) {
    return step.ownWork()
        .delivers()
        .flatMap(order -> Generations.issuedAfter(book, order))
        .flatMap(
            later ->
                later.filter(order -> dropped(step.order(), order)).isPresent()
                    ? step.renewal().followed(later.get())
                    : export(step, before));
  }

  private static boolean dropped(Order order, Order later) {
    return order.deliveries().stream()
        .anyMatch(delivery -> !delivery.followedBy(later).equals(delivery));
  }

  private Uni<Order> export(Step step, List<Delivery> before) {
    return step.provider
        .export(step.order().application(), true, step.reading())
        .flatMap(
            result ->
                switch (result) {
                  case Result.Value<Export>(Export export, String requestId) ->
                      each(step, delivery -> deliver(step, delivery, export, before));
                  case Result.Failed<Export>(var outcome) ->
                      each(
                          step,
                          delivery ->
                              Uni.createFrom()
                                  .item(delivery.failed(Asking.error(outcome), step.now())));
                })
        .flatMap(deliveries -> step.ownWork().delivered(deliveries, summary(deliveries)));
  }

  private static Uni<List<Delivery>> each(
      Step step, Function<Delivery, Uni<? extends Delivery>> work) {
    Order order = step.order();
    return Multi.createFrom()
        .iterable(order.deliveries())
        .onItem()
        .transformToUni(
            delivery ->
                Upkeep.deliverable(order, delivery)
                        && !step.now().isBefore(Upkeep.again(delivery.attempts(), delivery.at()))
                    ? work.apply(delivery)
                    : Uni.createFrom().item(delivery))
        .concatenate()
        .collect()
        .asList();
  }

  private Uni<Delivery> deliver(
      Step step, Delivery delivery, Export export, List<Delivery> before) {
    DeliveryTarget target = delivery.target();
    Deliverer deliverer = catalog.deliverers().get(target.to());
    if (deliverer == null) {
      VendorError unknown =
          new VendorError(
              ErrorClass.FINAL, "Deliver.Unknown", "there is no deliverer " + target.to());
      return Uni.createFrom().item(delivery.failed(unknown, step.now()));
    }
    if (!deliverer.missing().isEmpty()) {
      VendorError missing =
          new VendorError(
              ErrorClass.CREDENTIALS,
              "NotConfigured",
              "set " + String.join(", ", deliverer.missing()) + " in the environment");
      return Uni.createFrom().item(delivery.failed(missing, step.now()));
    }
    PrivateKeyPem key = export.privateKey();
    if (key == null) {
      VendorError keyless =
          new VendorError(
              ErrorClass.FINAL, "PrivateKey.NotGiven", "the certificate came without its key");
      return Uni.createFrom().item(delivery.failed(keyless, step.now()));
    }
    CallContext context = step.reading();
    DomainName domain = step.order().domain();
    // The one before may have come there only after this order was made.
    String there = delivery.place() == null ? Delivery.place(before, target) : delivery.place();
    return deliverer
        .deliver(domain, export, target.optionsFor(domain), there, context)
        .map(Verbatim::boundedId)
        .map(
            result ->
                switch (result) {
                  case Result.Value<String>(String place, String requestId) ->
                      delivery.delivered(place, step.now());
                  case Result.Failed<String>(var outcome) ->
                      delivery.failed(Asking.error(outcome).without(key), step.now());
                });
  }

  private static String summary(List<Delivery> deliveries) {
    return deliveries.stream()
        .map(
            delivery ->
                delivery.error() == null
                    ? delivery.state() + " to " + delivery.target().to()
                    : "not delivered to "
                        + delivery.target().to()
                        + ": "
                        + Step.describe(Objects.requireNonNull(delivery.error())))
        .collect(Collectors.joining("; "));
  }
}
