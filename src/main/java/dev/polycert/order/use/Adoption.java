package dev.polycert.order.use;

import dev.polycert.call.VendorText;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.step.Generations;
import dev.polycert.order.step.Phases;
import dev.polycert.order.step.Results;
import dev.polycert.order.step.Steps;
import dev.polycert.order.step.Verbatim;
import dev.polycert.order.use.Adopt.Fate;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes one thing that exists at a provider account into the order book, unless it is there. */
@ApplicationScoped
class Adoption {
  private static final String OF_OTHERS = "it is part of an order that is not yours";

  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final Steps steps;

  Adoption(Catalog catalog, OrderBook book, Generations generations, Steps steps) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.steps = steps;
  }

  /**
   * @param caller who owns the item
   * @param renew whether it is renewed as well, or watched alone
   */
  Uni<Adopt.Item> take(
      Principal caller,
      CertificateProvider provider,
      Inventory.Item item,
      boolean renew,
      Instant deadline) {
    if (item.domain().isBlank() || item.phase() == Phase.PLACING) {
      return refused(
          item,
          provider.offer().capabilities().contains(Capability.ADOPT)
              ? "nothing was applied for with it yet: apply, and name it in the provider options"
              : "the vendor reports no name of it");
    }
    if (Verbatim.tooLong(item)) {
      return refused(item, "the vendor's data are too long to be stored");
    }
    DomainName domain;
    try {
      domain = DomainName.parse(item.domain());
    } catch (IllegalArgumentException e) {
      return refused(item, String.valueOf(e.getMessage()));
    }
    return holder(provider, names(domain, item), item)
        .flatMap(
            holder ->
                holder.isPresent()
                    ? existing(caller, item, holder.get(), renew, deadline)
                    : latest(provider, domain)
                        .flatMap(
                            latest ->
                                follow(
                                    caller,
                                    provider,
                                    item,
                                    domain,
                                    latest.orElse(null),
                                    renew,
                                    deadline)));
  }

  /** A later request to renew makes Polycert renew an order that it only watched. */
  private Uni<Adopt.Item> existing(
      Principal caller, Inventory.Item item, Order order, boolean renew, Instant deadline) {
    if (!caller.owns(order)) {
      return refused(item, OF_OTHERS);
    }
    if (!renew || !order.watched() || !holds(order, item)) {
      return is(item, Fate.EXISTING, order, null);
    }
    List<String> lost = lost(item);
    if (!lost.isEmpty()) {
      return is(item, Fate.EXISTING, order, "watched, and not renewed: " + loss(item, lost));
    }
    Map<String, String> options = new HashMap<>(order.terms().options());
    options.putAll(item.options());
    return new Results(steps.step(order, deadline))
        .renews(order.terms().withOptions(options), "adopted again, to be renewed")
        .flatMap(renewed -> is(item, Fate.EXISTING, renewed, null));
  }

  /** An order may be for any of its names; those that no certificate can have are left out. */
  private static List<DomainName> names(DomainName domain, Inventory.Item item) {
    Stream<DomainName> others = item.names().stream().flatMap(name -> read(name).stream());
    return Stream.concat(Stream.of(domain), others).distinct().toList();
  }

  private static Optional<DomainName> read(String name) {
    try {
      return Optional.of(DomainName.parse(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The names that a renewal would lose; no application can ask for one that is no domain. */
  private static List<String> lost(Inventory.Item item) {
    Stream<String> unreadable = item.names().stream().filter(name -> read(name).isEmpty());
    return Stream.concat(item.lost().stream(), unreadable).distinct().toList();
  }

  private static String loss(Inventory.Item item, List<String> lost) {
    return "a renewal would be without "
        + VendorText.clean(String.join(", ", lost))
        + "; to keep them, apply for "
        + VendorText.clean(item.domain())
        + " and all of its other names anew, here or at another provider, before it ends";
  }

  private Uni<Optional<Order>> latest(CertificateProvider provider, DomainName domain) {
    return book.latest(provider.descriptor().id(), provider.account().id(), domain);
  }

  /**
   * Finds the order, of whatever generation of one of the domains, that has the reference, or whose
   * certificate we have delivered there ourselves.
   */
  private Uni<Optional<Order>> holder(
      CertificateProvider provider, List<DomainName> domains, Inventory.Item item) {
    if (domains.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return book.latest(domains.getFirst())
        .flatMap(
            latest -> back(latest.stream().filter(order -> isAt(provider, order)).toList(), item))
        .flatMap(
            found ->
                found.isPresent() || !item.uploaded()
                    ? Uni.createFrom().item(found)
                    : delivered(provider, domains.getFirst(), catalog.ids(), item))
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : holder(provider, domains.subList(1, domains.size()), item));
  }

  private static boolean isAt(CertificateProvider provider, Order order) {
    return order.provider().equals(provider.descriptor().id())
        && order.account().equals(provider.account().id());
  }

  private Uni<Optional<Order>> back(List<Order> orders, Inventory.Item item) {
    return orders.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : back(orders.getFirst(), item)
            .flatMap(
                found ->
                    found.isPresent()
                        ? Uni.createFrom().item(found)
                        : back(orders.subList(1, orders.size()), item));
  }

  /** Finds the order, of one of the providers, whose certificate we have brought here. */
  private Uni<Optional<Order>> delivered(
      CertificateProvider here, DomainName domain, List<String> from, Inventory.Item item) {
    if (from.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return latest(catalog.require(from.getFirst()), domain)
        .map(latest -> latest.filter(order -> hasDelivered(order, here.descriptor().id(), item)))
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : delivered(here, domain, from.subList(1, from.size()), item));
  }

  private static boolean hasDelivered(Order order, String here, Inventory.Item item) {
    return order.deliveries().stream()
        .anyMatch(
            delivery ->
                delivery.target().to().equals(here)
                    && delivery.place() != null
                    && item.reference().ids().containsValue(delivery.place()));
  }

  private static boolean holds(Order order, Inventory.Item item) {
    return item.reference().equals(order.reference());
  }

  private Uni<Optional<Order>> back(@Nullable Order order, Inventory.Item item) {
    if (order == null || holds(order, item)) {
      return Uni.createFrom().item(Optional.ofNullable(order));
    }
    if (order.generation() == 1) {
      return Uni.createFrom().item(Optional.empty());
    }
    OrderId before =
        OrderId.of(order.provider(), order.series(), order.domain(), order.generation() - 1);
    return book.find(before).flatMap(found -> back(found.orElse(null), item));
  }

  private Uni<Adopt.Item> follow(
      Principal caller,
      CertificateProvider provider,
      Inventory.Item item,
      DomainName domain,
      @Nullable Order present,
      boolean renew,
      Instant deadline) {
    if (present != null && !caller.owns(present)) {
      return refused(item, OF_OTHERS);
    }
    if (present != null && !follows(present, item)) {
      return is(item, Fate.OUTDATED, present, "the domain's order is " + present.id());
    }
    List<String> lost = lost(item);
    if (renew && !lost.isEmpty()) {
      return refused(
          item, loss(item, lost) + "; without \"renew\": true it is adopted to be watched");
    }
    String id = provider.descriptor().id();
    Order next = generations.next(id, domain, null, present, terms(provider.offer(), item));
    boolean watched = !renew && (!inherits(present, item) || !lost.isEmpty());
    Order adopted =
        new Results(steps.step(next.with(next.placement().withWatched(watched)), deadline))
            .adopted(item);
    return generations
        .claim(adopted, "adopted: " + id + " says " + item.vendorStatus())
        .flatMap(
            claim -> {
              if (claim.won()) {
                return is(item, Fate.ADOPTED, claim.order(), watched ? watches(item, lost) : null);
              }
              return holds(claim.order(), item)
                  ? existing(caller, item, claim.order(), renew, deadline)
                  : follow(caller, provider, item, domain, claim.order(), renew, deadline);
            });
  }

  /** An application made elsewhere that replaces a renewed order is renewed as well. */
  private static boolean inherits(@Nullable Order present, Inventory.Item item) {
    return present != null
        && present.state() == OrderState.ISSUED
        && !present.watched()
        && !item.uploaded();
  }

  private static String watches(Inventory.Item item, List<String> lost) {
    return (item.uploaded() ? "uploaded by its owner; " : "")
        + "watched, and not renewed: "
        + (lost.isEmpty() ? "that is asked for by \"renew\": true" : loss(item, lost));
  }

  /**
   * Whether what the vendor has comes after a domain's present order, so that it becomes the next
   * generation: something alive after an end, or a certificate that lasts longer, or will, after an
   * issued one. An order that is still open has its own way to find out.
   */
  private static boolean follows(Order present, Inventory.Item item) {
    OrderState state = Phases.state(item.phase(), OrderState.REQUESTED);
    if (present.state().ended()) {
      return !state.ended();
    }
    // An upload beside a certificate that we renew does not end its renewals.
    if (present.state() != OrderState.ISSUED || (item.uploaded() && !present.watched())) {
      return false;
    }
    return item.phase() == Phase.ISSUED
        ? end(item.facts()).isAfter(end(present.certificate()))
        : state.open() && item.phase() != Phase.UNKNOWN;
  }

  private static Instant end(@Nullable CertificateFacts facts) {
    return facts == null || facts.notAfter() == null ? Instant.MIN : facts.notAfter();
  }

  /** The terms of a renewal: those of the certificate where they are known, else the usual ones. */
  private static Terms terms(Offer offer, Inventory.Item item) {
    CertificateFacts facts = item.facts();
    String key = facts == null ? null : facts.spelled().keyAlgorithm();
    KeyAlgorithm same =
        offer.keyAlgorithms().stream()
            .sorted()
            .filter(algorithm -> key != null && !algorithm.differsFrom(key))
            .findFirst()
            .orElse(KeyAlgorithm.RSA_2048);
    ValidationMethod validation =
        Stream.of(ValidationMethod.values())
            .filter(offer.validations()::contains)
            .findFirst()
            .orElseThrow();
    return new Terms(validation, same, item.options(), Information.none());
  }

  private static Uni<Adopt.Item> refused(Inventory.Item item, String why) {
    return is(item, Fate.REFUSED, null, why);
  }

  private static Uni<Adopt.Item> is(
      Inventory.Item item, Fate fate, @Nullable Order order, @Nullable String message) {
    return Uni.createFrom().item(new Adopt.Item(item, fate, order, message));
  }
}
