package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.RecordNames;
import dev.polycert.order.step.Steps;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks the orders whose validation may have been published just now: the use case behind {@code
 * dns-changed}. A reported change is a hint and never a proof. Orders that its names do not lead to
 * are looked at in the DNS: their records may be at the end of a CNAME, or in a zone that was
 * delegated just now, or the event may not name what it wrote.
 */
@ApplicationScoped
public class DnsChange {
  /** How many orders are looked at; of more, those whose next step comes first. */
  static final int MAX_LOOKS = 200;

  /** The next step of an order that was not looked at comes within this time. */
  private static final Duration SOON = Duration.ofMinutes(5);

  /** The time for all looks: servers that do not answer must not take that of the checks. */
  private static final Duration LOOKING = Duration.ofSeconds(8);

  /** An order that waits for its validation has its next step within this time. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final String WILDCARD = "*.";
  private static final int MAX_WAITING = 1000;
  private static final int AT_ONCE = 8;

  private final OrderBook book;
  private final Steps steps;
  private final FanOut fanOut;
  private final Renew renew;
  private final ValidationLook look;
  private final Clock clock;

  DnsChange(
      OrderBook book, Steps steps, FanOut fanOut, Renew renew, ValidationLook look, Clock clock) {
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.renew = renew;
    this.look = look;
    this.clock = clock;
  }

  /**
   * What was done about a change.
   *
   * @param checked the orders that were checked
   * @param left how many other orders were not looked at, because there are too many; their next
   *     steps come soon
   */
  public record Result(List<Order> checked, int left) {

    public Result {
      checked = List.copyOf(checked);
    }
  }

  /**
   * Checks the orders that wait for validation under names of records.
   *
   * @param names lower case, without the trailing dot
   */
  public Uni<Result> under(Collection<String> names, Instant deadline) {
    Set<String> written = Set.copyOf(names);
    return Uni.combine()
        .all()
        .unis(latest(RecordNames.domains(names)), waiting())
        .asTuple()
        .flatMap(
            orders -> {
              Map<OrderId, Order> named = byId(orders.getItem1());
              List<Order> waiting = orders.getItem2();
              named.putAll(byId(waiting.stream().filter(recordIn(written)).toList()));
              List<Order> others =
                  waiting.stream()
                      .filter(order -> !named.containsKey(order.id()))
                      .filter(allLead(written, named) ? recordBelow(written) : order -> true)
                      .toList();
              return check(named, others, deadline);
            });
  }

  /** Checks what is published, and takes the steps that are due. */
  public Uni<Result> somewhere(Instant deadline) {
    return waiting()
        .flatMap(orders -> check(new LinkedHashMap<>(), orders, deadline))
        .flatMap(
            result ->
                renew
                    .due(deadline)
                    .map(
                        due -> {
                          Map<OrderId, Order> all = byId(result.checked());
                          all.putAll(byId(due));
                          return new Result(List.copyOf(all.values()), result.left());
                        }));
  }

  /** Checks the orders that an event names, and those of the others that are published. */
  private Uni<Result> check(Map<OrderId, Order> named, List<Order> others, Instant deadline) {
    Instant enough = clock.instant().plus(LOOKING);
    Instant end = enough.isBefore(deadline) ? enough : deadline;
    Set<OrderId> seen = ConcurrentHashMap.newKeySet();
    return Multi.createFrom()
        .iterable(others.stream().limit(MAX_LOOKS).toList())
        .onItem()
        .transformToUni(
            order -> {
              if (!clock.instant().isBefore(end)) {
                return Uni.createFrom().item(none());
              }
              seen.add(order.id());
              return isPublished(order, end).map(is -> is ? List.of(order) : none());
            })
        .merge(AT_ONCE)
        .collect()
        .asList()
        .flatMap(
            found -> {
              found.forEach(orders -> named.putAll(byId(orders)));
              List<Order> left =
                  others.stream().filter(order -> !seen.contains(order.id())).toList();
              return hasten(left, deadline)
                  .flatMap(hastened -> check(List.copyOf(named.values()), deadline))
                  .map(checked -> new Result(checked, left.size()));
            });
  }

  /** Brings the next steps of orders forward. */
  private Uni<Void> hasten(List<Order> orders, Instant deadline) {
    Instant now = clock.instant();
    return Multi.createFrom()
        .iterable(orders)
        .filter(
            order -> {
              Instant step = order.nextStepAt();
              return step != null && step.isAfter(now.plus(SOON));
            })
        .onItem()
        .transformToUni(
            order ->
                steps
                    .step(order, deadline)
                    .record(
                        order.with(order.schedule().withNextStepAt(now)),
                        "the DNS has changed, perhaps for it",
                        null)
                    // Another step was faster, and has set the next one.
                    .onFailure(StaleOrderException.class)
                    .recoverWithItem(order))
        .merge(AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<List<Order>> latest(Set<DomainName> domains) {
    return Multi.createFrom()
        .iterable(domains)
        .onItem()
        .transformToUni(book::latest)
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(found -> found.stream().flatMap(List::stream).filter(DnsChange::waits).toList());
  }

  private Uni<List<Order>> waiting() {
    return book.due(clock.instant().plus(LONGEST_PAUSE), MAX_WAITING)
        .map(orders -> orders.stream().filter(DnsChange::waits).toList());
  }

  private static boolean waits(Order order) {
    return order.state() == OrderState.PENDING_VALIDATION;
  }

  private static Predicate<Order> recordIn(Set<String> names) {
    return order -> RecordNames.of(order).anyMatch(names::contains);
  }

  /** Whether each name leads to one of the orders; another one may be the end of a CNAME. */
  private static boolean allLead(Set<String> names, Map<OrderId, Order> named) {
    Set<DomainName> domains =
        named.values().stream().map(Order::domain).collect(Collectors.toSet());
    Set<String> records =
        named.values().stream().flatMap(RecordNames::of).collect(Collectors.toSet());
    return names.stream()
        .allMatch(
            name ->
                records.contains(name)
                    || !Collections.disjoint(RecordNames.domains(Set.of(name)), domains));
  }

  /** A change of a name may be a delegation of all that is below it; a wildcard's is for all. */
  private static Predicate<Order> recordBelow(Set<String> names) {
    Set<String> above =
        names.stream()
            .map(name -> name.startsWith(WILDCARD) ? name.substring(WILDCARD.length()) : name)
            .collect(Collectors.toSet());
    return order ->
        RecordNames.of(order)
            .anyMatch(record -> above.stream().anyMatch(name -> record.endsWith("." + name)));
  }

  private static List<Order> none() {
    return List.of();
  }

  private Uni<Boolean> isPublished(Order order, Instant end) {
    List<Validation> records =
        order.validations().stream()
            .filter(validation -> validation.method() == ValidationMethod.DNS)
            .toList();
    if (records.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    return Multi.createFrom()
        .iterable(records)
        .onItem()
        .transformToUniAndConcatenate(record -> record.find(look, end))
        .filter(finding -> finding.status() != Finding.Status.PRESENT)
        .toUni()
        .map(missing -> missing == null);
  }

  private static Map<OrderId, Order> byId(List<Order> orders) {
    Map<OrderId, Order> map = new LinkedHashMap<>();
    orders.forEach(order -> map.put(order.id(), order));
    return map;
  }

  private Uni<List<Order>> check(List<Order> orders, Instant deadline) {
    return fanOut.run(
        orders,
        Order::provider,
        deadline,
        (order, urgency) -> check(order, deadline, urgency),
        Order::withError);
  }

  /** The next steps follow quickly again. */
  private Uni<Order> check(Order order, Instant deadline, Urgency urgency) {
    Order hinted = order.with(order.schedule().withAttempts(0));
    return steps
        .step(order, deadline)
        .record(hinted, "the DNS has changed under its name", null)
        .flatMap(recorded -> steps.advance(recorded, deadline, urgency))
        .onFailure(StaleOrderException.class)
        .recoverWithItem(order);
  }
}
