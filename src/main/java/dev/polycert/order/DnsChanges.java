package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.order.OrderBook.StaleOrderException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the orders whose validation may have been published just now: the use case behind {@code
 * dns-changed}. What somebody says has changed is a hint and never a proof.
 */
@ApplicationScoped
public class DnsChanges {
  /** More names than that are not looked up one by one: the sweep finds what is due. */
  private static final int MAX_NAMES = 100;

  private static final int AT_ONCE = 8;

  private final OrderBook book;
  private final OrderSteps steps;
  private final FanOut fanOut;
  private final Renewing renewing;

  DnsChanges(OrderBook book, OrderSteps steps, FanOut fanOut, Renewing renewing) {
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.renewing = renewing;
  }

  /**
   * Checks the orders that wait for validation under names of records.
   *
   * @param names lower case, without the trailing dot
   * @return the orders that were checked
   */
  public Uni<List<Order>> under(Collection<String> names, Instant deadline) {
    return names.size() > MAX_NAMES ? somewhere(deadline) : check(domains(names), deadline);
  }

  /** Takes the steps that are due, because nobody knows what has changed. */
  public Uni<List<Order>> somewhere(Instant deadline) {
    return renewing.due(deadline);
  }

  private Uni<List<Order>> check(Set<DomainName> domains, Instant deadline) {
    return Multi.createFrom()
        .iterable(domains)
        .onItem()
        .transformToUni(book::latest)
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(
            found ->
                found.stream()
                    .flatMap(List::stream)
                    .filter(order -> order.state() == OrderState.PENDING_VALIDATION)
                    .toList())
        .flatMap(
            orders ->
                fanOut.run(
                    orders,
                    Order::provider,
                    order -> check(order, deadline),
                    (order, fault) -> order.change().error(fault).unrecorded()));
  }

  private Uni<Order> check(Order order, Instant deadline) {
    return steps
        .step(order, deadline)
        .hinted("the DNS has changed under its name")
        .flatMap(hinted -> steps.advance(hinted, deadline))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(order);
  }

  /**
   * The domains whose validation may be at these names: the name without the labels that begin with
   * an underscore, its wildcard, and the {@code www} that vendors validate together with it. They
   * can be looked up; names further below would have to be searched for, and are found by their own
   * next step.
   */
  static Set<DomainName> domains(Collection<String> names) {
    Set<DomainName> domains = new LinkedHashSet<>();
    for (String name : names) {
      String host = host(name);
      Stream.of(host, "*." + host, "www." + host).forEach(text -> add(domains, text));
    }
    return domains;
  }

  private static String host(String recordName) {
    String host = recordName;
    while ((host.startsWith("_") || host.startsWith("*.")) && host.indexOf('.') > 0) {
      host = host.substring(host.indexOf('.') + 1);
    }
    return host;
  }

  /** What is no name that a certificate could be for has no orders. */
  private static void add(Set<DomainName> domains, String text) {
    try {
      domains.add(DomainName.parse(text));
    } catch (DomainName.InvalidNameException e) {
      return;
    }
  }
}
