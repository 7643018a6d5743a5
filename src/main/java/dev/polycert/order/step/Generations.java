package dev.polycert.order.step;

import dev.polycert.dns.Place;
import dev.polycert.dns.Zones;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Author;
import dev.polycert.order.Catalog;
import dev.polycert.order.Delivery;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.OwnRecords;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the orders of a domain at an account, one after the other, and finds them. */
@ApplicationScoped
public class Generations {
  private final Catalog catalog;
  private final OrderBook book;
  private final Zones zones;
  private final Pace pace;
  private final OrderWatch watch;
  private final Clock clock;

  Generations(
      Catalog catalog, OrderBook book, Zones zones, Pace pace, OrderWatch watch, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.zones = zones;
    this.pace = pace;
    this.watch = watch;
    this.clock = clock;
  }

  /**
   * A first generation, or one that follows, as it is to be claimed.
   *
   * @param label see {@link Identity}
   * @param latest the one that it follows
   */
  public Order next(
      String provider,
      DomainName domain,
      @Nullable String label,
      @Nullable Order latest,
      Terms terms) {
    CertificateProvider at = catalog.require(provider);
    Identity identity = identity(provider, at.account().id(), domain, label, latest);
    // A certificate that is at the targets already is replaced there, under the same names.
    List<Delivery> before = latest == null ? List.of() : latest.deliveries();
    return requested(identity, at.offer(), terms, before, false);
  }

  /**
   * The generation that takes the place of an issued order under other terms, as it is to be
   * claimed.
   *
   * @param latest the one that it follows: the old one, or a renewal of it that has failed
   */
  public Order reissue(Order old, Order latest, Terms terms) {
    String label = old.identity().label();
    Identity identity =
        identity(old.provider(), old.account(), old.domain(), label, latest).renewing(old);
    Offer offer = catalog.require(old.provider()).offer();
    boolean delegated = !CertificateTimes.delegated(old, offer.delegability()).isEmpty();
    return requested(identity, offer, terms, before(old, latest), delegated);
  }

  /**
   * The generation that renews an issued order, as it is to be claimed.
   *
   * @param latest the one that it follows: the old one, or a renewal of it that has failed
   */
  Order renewal(Order old, Order latest) {
    return reissue(old, latest, renewalTerms(old));
  }

  private Identity identity(
      String provider,
      String account,
      DomainName domain,
      @Nullable String label,
      @Nullable Order latest) {
    Instant now = clock.instant();
    int generation = latest == null ? 1 : latest.generation() + 1;
    // Generations are in the order of their times, also if the clock was put back in between.
    Instant created = latest == null ? now : latest.noEarlier(now);
    return Identity.of(provider, account, domain, label, generation, created);
  }

  /**
   * A renewal takes the place of the certificate before it.
   *
   * @param delegated whether the one before was published through a delegation to us
   */
  private Order requested(
      Identity identity, Offer offer, Terms terms, List<Delivery> before, boolean delegated) {
    Instant now = clock.instant();
    List<Delivery> deliveries =
        terms.deliver().stream().map(target -> waiting(target, before, now)).toList();
    return Order.requested(identity, terms)
        .with(pace.first(identity.id(), offer, now))
        .with(OwnRecords.none(selfPublished(offer, terms, identity.domain(), delegated)))
        .withDeliveries(deliveries);
  }

  /** The delivery of the last earlier order that delivered anything. */
  private static List<Delivery> before(Order old, Order latest) {
    Stream<Delivery> last =
        latest.deliveries().stream()
            .map(
                delivery ->
                    Delivery.to(delivery.target(), old.deliveries())
                        .map(delivery::after)
                        .orElse(delivery));
    return latest.id().equals(old.id())
        ? old.deliveries()
        : Stream.concat(last, old.deliveries().stream()).toList();
  }

  /** The state of an unfinished delivery is still at the target, whatever happened to its order. */
  private static Delivery waiting(DeliveryTarget target, List<Delivery> before, Instant now) {
    Delivery waiting = Delivery.waiting(target, null, now);
    return Delivery.to(target, before).map(waiting::after).orElse(waiting);
  }

  /**
   * Whether we publish for an application, and not its vendor: always where the vendor cannot, else
   * where a writer has the zone, and writes such names in it, or the name is delegated to us; see
   * {@link Delegations#prefer}.
   */
  private boolean selfPublished(Offer offer, Terms terms, DomainName domain, boolean delegated) {
    return terms.validation() == ValidationMethod.DNS_AUTO
        && (delegated
            || !offer.validations().contains(ValidationMethod.DNS_AUTO)
            || zones.covering(domain.base()).filter(it -> writes(it, offer, domain)).isPresent());
  }

  private static boolean writes(Place place, Offer offer, DomainName domain) {
    return offer.delegability().recordNames(domain).stream()
        .allMatch(name -> place.writer().otherName(name).isEmpty());
  }

  /**
   * The terms of a renewal. An option that named the old certificate to take it over would take it
   * over again.
   */
  public static Terms renewalTerms(Order old) {
    Terms terms = old.terms();
    Reference reference = old.reference();
    if (reference == null || !terms.options().entrySet().containsAll(reference.ids().entrySet())) {
      return terms;
    }
    Map<String, String> options = new HashMap<>(terms.options());
    options.keySet().removeAll(reference.ids().keySet());
    return terms.withOptions(options);
  }

  /** Puts a new order on record, unless it is there. */
  public Uni<OrderBook.Claim> claim(Order order, String why) {
    return Author.with(by -> book.claim(order.by(by.orElse(null)), why))
        .invoke(
            claim -> {
              if (claim.won()) {
                watch.claimed(claim.order(), why);
              }
            });
  }

  /** The issued order that came after one, whatever became of those that came after that. */
  Uni<Optional<Order>> issuedAfter(Order order) {
    return book.latest(order.provider(), order.series(), order.domain())
        .flatMap(latest -> issuedAfter(order, latest));
  }

  private Uni<Optional<Order>> issuedAfter(Order order, Optional<Order> found) {
    Optional<Order> later = found.filter(it -> it.generation() > order.generation());
    if (later.isEmpty() || later.get().state() == OrderState.ISSUED) {
      return Uni.createFrom().item(later);
    }
    OrderId renewed = later.get().renewalOf();
    return renewed == null
        ? Uni.createFrom().item(Optional.empty())
        : book.find(renewed).flatMap(old -> issuedAfter(order, old));
  }
}
