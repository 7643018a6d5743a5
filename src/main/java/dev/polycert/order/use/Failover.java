package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Results;
import dev.polycert.order.step.Steps;
import dev.polycert.order.use.Apply.Command;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.order.use.Apply.PassedOver;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies for one domain at one of several providers: {@link Apply.Strategy#FIRST}. */
@ApplicationScoped
class Failover {
  private final Applicant applicant;
  private final OrderBook book;
  private final Steps steps;
  private final FanOut fanOut;

  Failover(Applicant applicant, OrderBook book, Steps steps, FanOut fanOut) {
    this.applicant = applicant;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
  }

  Uni<Entry> apply(Command command, DomainName domain, Instant deadline) {
    return live(command, domain)
        .flatMap(
            live ->
                live.isPresent()
                    ? applicant
                        .existing(command, live.get(), deadline)
                        .flatMap(met -> applicant.send(met, deadline, deadline, command.urgency()))
                    : next(command, domain, 0, List.of(), deadline));
  }

  /** A domain that one provider serves already is not applied for at another. */
  private Uni<Optional<Order>> live(Command command, DomainName domain) {
    return book.latest(domain)
        .onItem()
        .transformToMulti(orders -> Multi.createFrom().iterable(orders))
        .filter(order -> command.providers(domain).contains(order.provider()))
        .filter(order -> order.account().equals(applicant.account(order.provider())))
        .filter(order -> Objects.equals(order.identity().label(), command.label()))
        .onItem()
        .transformToUniAndConcatenate(order -> applicant.live(Optional.of(order)))
        .filter(Optional::isPresent)
        .collect()
        .first()
        .map(found -> found == null ? Optional.empty() : found);
  }

  private Uni<Entry> next(
      Command command, DomainName domain, int index, List<PassedOver> before, Instant deadline) {
    String provider = command.providers(domain).get(index);
    boolean last = index == command.providers(domain).size() - 1;
    return one(command, domain, provider, deadline)
        .onFailure()
        .recoverWithUni(
            failure -> afterFault(command, domain, provider, fanOut.fault(failure, provider)))
        .flatMap(
            tried -> {
              Optional<VendorError> reason = reason(tried);
              if (reason.isEmpty() || last) {
                return Uni.createFrom().item(tried.after(before));
              }
              List<PassedOver> now = new ArrayList<>(before);
              Order order = tried.order();
              now.add(new PassedOver(provider, order == null ? null : order.id(), reason.get()));
              return givenUp(order, deadline)
                  .flatMap(
                      given ->
                          given
                              ? next(command, domain, index + 1, now, deadline)
                              : Uni.createFrom().item(tried.after(before)));
            });
  }

  private Uni<Entry> one(Command command, DomainName domain, String provider, Instant deadline) {
    return command.dryRun()
        ? applicant.look(command, domain, provider, deadline)
        : applicant
            .record(command, domain, provider, deadline)
            .flatMap(recorded -> applicant.send(recorded, deadline, deadline, command.urgency()));
  }

  /** The result after a fault: the order may have been placed although its step failed. */
  private Uni<Entry> afterFault(
      Command command, DomainName domain, String provider, VendorError fault) {
    return applicant
        .live(command, domain, provider)
        .map(
            live ->
                live.map(order -> Entry.of(order, false).withError(fault))
                    .orElseGet(() -> Entry.failed(domain, provider, fault)));
  }

  /**
   * Why the provider cannot serve: out of quota, refuses for good, or down. Empty when it serves,
   * or may yet: an order that only waits for its turn, or whose call may have arrived, is not
   * passed over, because it could end up twice.
   */
  private static Optional<VendorError> reason(Entry tried) {
    Order order = tried.order();
    if (order == null) {
      return Optional.ofNullable(tried.error());
    }
    VendorError error = tried.error() == null ? order.error() : tried.error();
    boolean refused = order.state() == OrderState.FAILED;
    boolean down =
        order.state() == OrderState.REQUESTED
            && error != null
            && error.errorClass() == ErrorClass.RETRY;
    return refused || down ? Optional.ofNullable(error) : Optional.empty();
  }

  /** An order that waits for a provider that is down must not be sent later, beside the other. */
  private Uni<Boolean> givenUp(@Nullable Order order, Instant deadline) {
    if (order == null || order.state().ended()) {
      return Uni.createFrom().item(true);
    }
    return new Results(steps.step(order, deadline))
        .cancelled("passed over for the next provider")
        .replaceWith(true)
        .onFailure(StaleOrderException.class)
        .recoverWithItem(false);
  }
}
