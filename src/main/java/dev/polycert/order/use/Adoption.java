package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Generations;
import dev.polycert.order.step.Phases;
import dev.polycert.order.step.Results;
import dev.polycert.order.step.Steps;
import dev.polycert.order.step.Verbatim;
import dev.polycert.order.use.Adopt.Fate;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes one thing that exists at a provider account into the order book, unless it is there. */
@ApplicationScoped
class Adoption {
  private final OrderBook book;
  private final Generations generations;
  private final Steps steps;

  Adoption(OrderBook book, Generations generations, Steps steps) {
    this.book = book;
    this.generations = generations;
    this.steps = steps;
  }

  Uni<Adopt.Item> take(CertificateProvider provider, Inventory.Item item, Instant deadline) {
    if (item.domain().isBlank() || item.phase() == Phase.PLACING) {
      return refused(
          item, "nothing was applied for with it yet: apply, and name it in the provider options");
    }
    if (Verbatim.tooLong(item)) {
      return refused(item, "what the vendor tells of it is too long to be kept");
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
                    ? is(item, Fate.EXISTING, holder.get(), null)
                    : latest(provider, domain)
                        .flatMap(
                            latest ->
                                follow(provider, item, domain, latest.orElse(null), deadline)));
  }

  /** An order may be for any of its names; those that no certificate can have are left out. */
  private static List<DomainName> names(DomainName domain, Inventory.Item item) {
    Stream<DomainName> others =
        item.names().stream()
            .flatMap(
                name -> {
                  try {
                    return Stream.of(DomainName.parse(name));
                  } catch (IllegalArgumentException e) {
                    return Stream.empty();
                  }
                });
    return Stream.concat(Stream.of(domain), others).distinct().toList();
  }

  private Uni<Optional<Order>> latest(CertificateProvider provider, DomainName domain) {
    return book.latest(provider.descriptor().id(), provider.account().id(), domain);
  }

  /** Finds the order, of whatever generation of one of the domains, that has the reference. */
  private Uni<Optional<Order>> holder(
      CertificateProvider provider, List<DomainName> domains, Inventory.Item item) {
    if (domains.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return latest(provider, domains.getFirst())
        .flatMap(latest -> back(latest.orElse(null), item))
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : holder(provider, domains.subList(1, domains.size()), item));
  }

  private Uni<Optional<Order>> back(@Nullable Order order, Inventory.Item item) {
    if (order == null || item.reference().equals(order.reference())) {
      return Uni.createFrom().item(Optional.ofNullable(order));
    }
    if (order.generation() == 1) {
      return Uni.createFrom().item(Optional.empty());
    }
    OrderId before =
        OrderId.of(order.provider(), order.account(), order.domain(), order.generation() - 1);
    return book.find(before).flatMap(found -> back(found.orElse(null), item));
  }

  private Uni<Adopt.Item> follow(
      CertificateProvider provider,
      Inventory.Item item,
      DomainName domain,
      @Nullable Order present,
      Instant deadline) {
    if (present != null && !follows(present, item)) {
      return is(item, Fate.OUTDATED, present, "the domain's order is " + present.id());
    }
    String id = provider.descriptor().id();
    Order next = generations.next(id, domain, present, terms(provider.offer(), item.facts()));
    Order adopted = new Results(steps.step(next, deadline)).adopted(item);
    return generations
        .claim(adopted, "adopted: " + id + " says " + item.vendorStatus())
        .flatMap(
            claim -> {
              if (claim.won()) {
                return is(item, Fate.ADOPTED, claim.order(), null);
              }
              return item.reference().equals(claim.order().reference())
                  ? is(item, Fate.EXISTING, claim.order(), null)
                  : follow(provider, item, domain, claim.order(), deadline);
            });
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
    if (present.state() != OrderState.ISSUED) {
      return false;
    }
    return item.phase() == Phase.ISSUED
        ? end(item.facts()).isAfter(end(present.certificate()))
        : state.open() && item.phase() != Phase.UNKNOWN;
  }

  private static Instant end(@Nullable CertificateFacts facts) {
    return facts == null || facts.notAfter() == null ? Instant.MIN : facts.notAfter();
  }

  /** What a renewal is applied for with: as the certificate is, else as most are. */
  private static Terms terms(Offer offer, @Nullable CertificateFacts facts) {
    String key =
        facts == null || facts.keyAlgorithm() == null
            ? ""
            : facts.keyAlgorithm().toUpperCase(Locale.ROOT);
    boolean elliptic = key.contains("EC") && offer.keyAlgorithms().contains(KeyAlgorithm.EC_P256);
    ValidationMethod validation =
        Stream.of(ValidationMethod.values())
            .filter(offer.validations()::contains)
            .findFirst()
            .orElseThrow();
    return new Terms(
        validation,
        elliptic ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none());
  }

  private static Uni<Adopt.Item> refused(Inventory.Item item, String why) {
    return is(item, Fate.REFUSED, null, why);
  }

  private static Uni<Adopt.Item> is(
      Inventory.Item item, Fate fate, @Nullable Order order, @Nullable String message) {
    return Uni.createFrom().item(new Adopt.Item(item, fate, order, message));
  }
}
