package dev.polycert.order.step;

import dev.polycert.dns.DnsRecord;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.Publication;
import dev.polycert.order.Upkeep;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What other orders have to do with a DNS record. An order and its renewal, or those of a name and
 * its wildcard, may need the same one: all of them list it then as written by us, and the last of
 * them that needs it removes it.
 */
final class SharedRecords {
  private final OrderBook book;

  SharedRecords(OrderBook book) {
    this.book = book;
  }

  /** Whether a record that was found is there because of another order. */
  Uni<Boolean> writtenByOther(Order order, String recordName, DnsRecord record) {
    return anyOther(
        order,
        recordName,
        other ->
            other.publications().stream()
                .anyMatch(their -> their.ours() && their.record().isSame(record)));
  }

  /** Whether a record that has served here is one that another order needs. */
  Uni<Boolean> neededByOther(Order order, Publication record) {
    return anyOther(
        order,
        record.recordName(),
        other ->
            !Upkeep.served(other, record)
                && other.validations().stream().anyMatch(record::publishes));
  }

  private Uni<Boolean> anyOther(Order order, String recordName, Predicate<Order> what) {
    Set<DomainName> domains = new LinkedHashSet<>(RecordNames.domains(List.of(recordName)));
    domains.add(order.domain());
    return Each.inTurn(domains, book::latest)
        .flatMap(
            latest ->
                withRenewed(
                    Stream.concat(Stream.of(order), latest.stream().flatMap(List::stream))
                        .toList()))
        .map(all -> all.stream().filter(other -> !other.id().equals(order.id())).anyMatch(what));
  }

  /** A renewal leaves the order that it renews alive, until then and after. */
  private Uni<List<Order>> withRenewed(List<Order> orders) {
    List<OrderId> renewed =
        orders.stream().map(Order::renewalOf).flatMap(Stream::ofNullable).distinct().toList();
    return Each.inTurn(renewed, book::find)
        .map(
            found ->
                Stream.concat(orders.stream(), found.stream().flatMap(Optional::stream)).toList());
  }
}
