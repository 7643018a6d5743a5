package dev.polycert.order.step;

import dev.polycert.call.Account;
import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage.Done;
import dev.polycert.deliver.Stage.UnderWay;
import dev.polycert.order.Catalog;
import dev.polycert.order.Delivery;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Pem;
import dev.polycert.provider.PrivateKeyPem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings issued certificates to their targets. A delivery that fails is reported and tried again;
 * it changes nothing about the certificate.
 *
 * <p>An order and its renewal go to the same targets, and the old certificate must not come last.
 * So the old order's deliveries are dropped where it sees that a later one is issued, and the later
 * order's wait while the old one's are being made. Each records what it is about to do (that it
 * delivers, that it is issued) before it looks at the other, so that one of them sees it.
 */
@ApplicationScoped
class Courier {
  private static final String DELIVER = "deliver";

  /** A delivery that takes longer than this is reported to people. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final Lookout lookout;

  Courier(Catalog catalog, OrderBook book, Generations generations, Lookout lookout) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.lookout = lookout;
  }

  /** Delivers what waits for it. */
  Uni<Order> deliver(Step step) {
    return before(step.order())
        .flatMap(
            before ->
                before.filter(order -> delivers(order, step.now())).isPresent()
                    // The delivery is still due, so the next sweep finds it.
                    ? Uni.createFrom().item(step.order())
                    : deliver(step, before.map(Order::deliveries).orElse(List.of())));
  }

  private Uni<Optional<Order>> before(Order order) {
    return order.renewalOf() == null
        ? Uni.createFrom().item(Optional.empty())
        : book.find(order.renewalOf());
  }

  private static boolean announced(Order order) {
    Intent intent = order.intent();
    return intent != null && intent.operation().equals(DELIVER);
  }

  /** Whether a step may now be making another order's deliveries. */
  private static boolean delivers(Order other, Instant now) {
    return announced(other) && other.othersAtWork(now);
  }

  private Uni<Order> deliver(Step step, List<Delivery> before) {
    return step.provider()
        .export(step.order().application(), true, step.reading())
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var bundle, _) -> deliver(step, bundle, before);
                  case Failed(var failure) -> {
                    // What the account lacks says more than the answer that came of it.
                    VendorError error = step.unusable().orElse(failure.error());
                    yield tried(step, delivery -> failed(step, delivery, error), null);
                  }
                });
  }

  private Uni<Order> deliver(Step step, CertificateBundle bundle, List<Delivery> before) {
    Intent intent = step.intent(DELIVER, false);
    Optional<String> fingerprint = Pem.fingerprint(bundle.certificate());
    Order order = step.order();
    List<Delivery> sending =
        order.deliveries().stream()
            .map(it -> Upkeep.deliverable(order, it) ? fingerprint.map(it::sending).orElse(it) : it)
            .toList();
    Order draft = order.withDeliveries(sending).withIntent(intent).withNextStepAt(intent.until());
    return step.record(draft, "delivering", null)
        .flatMap(
            recorded ->
                tried(
                    step,
                    delivery -> deliver(step, delivery, bundle, before),
                    fingerprint.orElse(null)));
  }

  /**
   * Tries the deliveries whose time has come, unless a later certificate is in use at their
   * targets.
   *
   * @param fingerprint of the certificate; null where there is none to bring
   */
  private Uni<Order> tried(
      Step step, Function<Delivery, Uni<Delivery>> work, @Nullable String fingerprint) {
    return generations
        .issuedAfter(step.order())
        .flatMap(
            later ->
                later.filter(it -> drops(step.order(), it)).isPresent()
                    ? new Lifetime(step).followed(later.get())
                    : each(step, work)
                        .flatMap(deliveries -> delivered(step, deliveries, fingerprint)));
  }

  private static boolean drops(Order order, Order later) {
    return order.deliveries().stream()
        .anyMatch(delivery -> !delivery.followedBy(later).equals(delivery));
  }

  /** Tries the deliveries whose time has come. */
  private static Uni<List<Delivery>> each(Step step, Function<Delivery, Uni<Delivery>> work) {
    Order order = step.order();
    return Each.inTurn(
        order.deliveries(),
        delivery ->
            Upkeep.due(order, delivery, step.now())
                ? work.apply(delivery)
                : Uni.createFrom().item(delivery));
  }

  private Uni<Delivery> deliver(
      Step step, Delivery delivery, CertificateBundle bundle, List<Delivery> before) {
    DeliveryTarget target = delivery.target();
    Deliverer deliverer = catalog.deliverers().get(target.to());
    if (deliverer == null) {
      return failed(
          step,
          delivery,
          new VendorError(
              ErrorClass.CREDENTIALS,
              "Deliver.Unknown",
              NamedAccount.gone("deliverer", target.to())));
    }
    if (!deliverer.missing().isEmpty()) {
      return failed(step, delivery, Account.notConfigured(deliverer.missing()));
    }
    PrivateKeyPem given = bundle.privateKey();
    if (given == null) {
      return failed(
          step,
          delivery,
          new VendorError(
              ErrorClass.FINAL, "PrivateKey.NotGiven", "the certificate came without its key"));
    }
    PrivateKeyPem key = deliverer.keyForm().of(given);
    CertificateBundle sent = new CertificateBundle(bundle.certificate(), bundle.chain(), key);
    // The one before may have come there only after this order was made.
    Delivery begun = Delivery.to(target, before).map(delivery::after).orElse(delivery);
    return deliverer
        .advance(consignment(step.order(), begun, sent), step.onRecord(Courier::announced))
        .map(Verbatim::boundedStage)
        .map(
            answer ->
                switch (answer) {
                  case Success(Done(var place), _) ->
                      begun.delivered(
                          place, Pem.fingerprint(bundle.certificate()).orElse(null), step.now());
                  case Success(UnderWay(var state, var again), _) ->
                      underWay(step, begun, hidden(state, given, key), again);
                  case Failed(var failure) ->
                      failed(
                          deliverer, begun, given.hideIn(key.hideIn(failure.error())), step.now());
                });
  }

  private static Consignment consignment(Order order, Delivery delivery, CertificateBundle sent) {
    Application application = order.application();
    return new Consignment(
        order.domain(),
        sent,
        delivery.target().optionsFor(order.domain()),
        new Consignment.Source(
            order.provider(),
            order.account(),
            application.reference(),
            order.identity().renewalReference()),
        delivery.place(),
        delivery.fingerprint(),
        delivery.sent(),
        delivery.stepBefore(),
        delivery.unfinished());
  }

  private static Map<String, String> hidden(
      Map<String, String> state, PrivateKeyPem given, PrivateKeyPem sent) {
    Map<String, String> hidden = new HashMap<>();
    state.forEach((name, text) -> hidden.put(name, given.hideIn(sent.hideIn(text))));
    return hidden;
  }

  /** Reports a delivery that takes too long; its pauses are then those of a failed one. */
  private static Delivery underWay(
      Step step, Delivery delivery, Map<String, String> state, Duration again) {
    Instant now = step.now();
    Delivery left = delivery.underWay(state, now.plus(bounded(again)), now);
    Instant since = Objects.requireNonNull(left.progress()).since();
    if (now.isBefore(since.plus(LONGEST))) {
      return left;
    }
    String why = "it has been under way since %s: %s".formatted(since, new TreeMap<>(state));
    return delivery.stuck(
        state, new VendorError(ErrorClass.RETRY, "Deliver.TooLong", VendorText.clean(why)), now);
  }

  private static Duration bounded(Duration again) {
    if (again.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return again.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : again;
  }

  private static Delivery failed(
      Deliverer deliverer, Delivery delivery, VendorError error, Instant now) {
    return deliverer.refusesForGood(error)
        ? delivery.refused(error, now)
        : delivery.failed(error, now);
  }

  private static Uni<Delivery> failed(Step step, Delivery delivery, VendorError error) {
    return Uni.createFrom().item(delivery.failed(error, step.now()));
  }

  private Uni<Order> delivered(Step step, List<Delivery> deliveries, @Nullable String fingerprint) {
    Order order = step.order();
    // A notice knows a try that failed just now by its time, which is that of the record.
    Instant now = order.noEarlier(step.now());
    List<Delivery> tried =
        deliveries.stream()
            .map(it -> order.deliveries().contains(it) ? it : it.triedAt(now))
            .toList();
    Order draft = watched(order, order.withDeliveries(tried).withIntent(null), fingerprint, now);
    return step.record(step.times().resume(draft, step.now()), summary(deliveries), null, now);
  }

  /** Begins the looks at the hosts if a certificate has just come to a target. */
  private Order watched(Order before, Order draft, @Nullable String fingerprint, Instant now) {
    boolean arrived =
        draft.deliveries().stream()
            .anyMatch(
                it -> it.state() == Delivery.State.DELIVERED && !before.deliveries().contains(it));
    return arrived
        ? draft.with(draft.issuance().withServed(lookout.begin(draft, fingerprint, now)))
        : draft;
  }

  private static String summary(List<Delivery> deliveries) {
    return deliveries.stream()
        .map(
            delivery ->
                delivery.error() == null
                    ? state(delivery) + " to " + delivery.target().summary()
                    : "not delivered to "
                        + delivery.target().summary()
                        + ": "
                        + Results.describe(Objects.requireNonNull(delivery.error())))
        .collect(Collectors.joining("; "));
  }

  private static String state(Delivery delivery) {
    return delivery.stepBefore().isEmpty()
        ? delivery.state().toString()
        : "under way (" + delivery.stepBefore() + ")";
  }
}
