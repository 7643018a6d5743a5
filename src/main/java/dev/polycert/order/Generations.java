package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account's orders of a domain are, one after the other. */
final class Generations {
  private final OrderBook book;
  private final String provider;
  private final String account;

  Generations(OrderBook book, String provider, String account) {
    this.book = book;
    this.provider = provider;
    this.account = account;
  }

  Uni<Optional<Order>> latest(DomainName domain) {
    return book.latest(provider, account, domain);
  }

  /** The issued order that came after one, whatever became of those that came after that. */
  static Uni<Optional<Order>> issuedAfter(OrderBook book, Order order) {
    return book.latest(order.provider(), order.account(), order.domain())
        .flatMap(latest -> issuedAfter(book, order, latest));
  }

  private static Uni<Optional<Order>> issuedAfter(
      OrderBook book, Order order, Optional<Order> found) {
    Optional<Order> later = found.filter(it -> it.generation() > order.generation());
    if (later.isEmpty() || later.get().state() == OrderState.ISSUED) {
      return Uni.createFrom().item(later);
    }
    OrderId renewed = later.get().renewalOf();
    return renewed == null
        ? Uni.createFrom().item(Optional.empty())
        : book.find(renewed).flatMap(old -> issuedAfter(book, order, old));
  }

  /** Finds the order, of whatever generation of one of the domains, that a reference belongs to. */
  Uni<Optional<Order>> holder(List<DomainName> domains, Inventory.Item item) {
    if (domains.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return latest(domains.getFirst())
        .flatMap(latest -> back(latest.orElse(null), item))
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : holder(domains.subList(1, domains.size()), item));
  }

  private Uni<Optional<Order>> back(@Nullable Order order, Inventory.Item item) {
    if (order == null || item.reference().equals(order.reference())) {
      return Uni.createFrom().item(Optional.ofNullable(order));
    }
    if (order.generation() == 1) {
      return Uni.createFrom().item(Optional.empty());
    }
    return book.find(OrderId.of(provider, account, order.domain(), order.generation() - 1))
        .flatMap(before -> back(before.orElse(null), item));
  }

  /**
   * Whether what the vendor has comes after a domain's present order, so that it becomes the next
   * generation: something alive after an end, or a certificate that lasts longer, or will, after an
   * issued one. An order that is still open has its own way to find out.
   */
  static boolean follows(Order present, Inventory.Item item) {
    OrderState state = Phases.state(item.phase(), OrderState.REQUESTED);
    if (present.state().ended()) {
      return !state.ended();
    }
    if (present.state() != OrderState.ISSUED) {
      return false;
    }
    return item.phase() == Phase.ISSUED
        ? end(item).isAfter(end(present))
        : state.open() && item.phase() != Phase.UNKNOWN;
  }

  private static Instant end(Inventory.Item item) {
    return item.facts() == null || item.facts().notAfter() == null
        ? Instant.MIN
        : item.facts().notAfter();
  }

  private static Instant end(Order order) {
    return order.certificate() == null || order.certificate().notAfter() == null
        ? Instant.MIN
        : order.certificate().notAfter();
  }
}
