package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.StoreException;
import dev.polycert.log.Incidents;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does the same for many items, each when it has its turn in the lane of its provider: results in
 * the order of the items, and no item's fault touches another's result.
 */
@ApplicationScoped
class FanOut {
  private static final Logger LOG = Logger.getLogger(FanOut.class);

  /** Requests with more orders of one provider than this count as a bulk. */
  private static final int FEW = 10;

  private final Lanes lanes;
  private final Incidents incidents;
  private final Metrics metrics;
  private final Clock clock;

  FanOut(Lanes lanes, Incidents incidents, Metrics metrics, Clock clock) {
    this.lanes = lanes;
    this.incidents = incidents;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Runs the work.
   *
   * @param provider the provider in whose lane an item waits
   * @param deadline what has not had its turn by {@link #lastBegin} begins all the same
   * @param fault makes the result of an item whose work failed
   */
  <I, R> Uni<List<R>> run(
      List<I> items,
      Function<I, String> provider,
      Instant deadline,
      BiFunction<I, Urgency, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    Map<String, Long> atProvider =
        items.stream().collect(Collectors.groupingBy(provider, Collectors.counting()));
    return run(
        items,
        provider,
        item -> urgency(atProvider.getOrDefault(provider.apply(item), 0L)),
        deadline,
        work,
        fault);
  }

  /** How urgent each of so many orders of one provider is. */
  static Urgency urgency(long count) {
    return count > FEW ? Urgency.BULK : Urgency.SMALL;
  }

  /** As above, for work that makes no calls and so waits for no lane. */
  <I, R> Uni<List<R>> runNow(
      List<I> items,
      Function<I, String> provider,
      Instant deadline,
      Function<I, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    return run(
        items,
        provider,
        item -> Urgency.SMALL,
        deadline,
        (item, urgency) -> work.apply(item),
        fault);
  }

  private <I, R> Uni<List<R>> run(
      List<I> items,
      Function<I, String> provider,
      Function<I, Urgency> urgency,
      Instant deadline,
      BiFunction<I, Urgency, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    if (items.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Object source = new Object();
    List<Uni<R>> all =
        items.stream()
            .map(item -> one(item, provider.apply(item), urgency.apply(item), source, work, fault))
            .toList();
    return timed(releasing(source, deadline, Uni.join().all(all).andFailFast()));
  }

  private <R> Uni<R> releasing(Object source, Instant deadline, Uni<R> all) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Cancellable timer =
                  after(lastBegin(deadline)).subscribe().with(late -> lanes.release(source));
              return all.onTermination().invoke(timer::cancel);
            });
  }

  private Uni<Void> after(Instant time) {
    Duration pause = Duration.between(clock.instant(), time);
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(pause.isPositive() ? pause : Duration.ofMillis(1));
  }

  /**
   * Until when work for many with that deadline begins. The rest of the time belongs to what is
   * under way: a step that is cut off has to be taken again.
   */
  Instant lastBegin(Instant deadline) {
    return deadline.minus(Duration.between(clock.instant(), deadline).dividedBy(3));
  }

  /** Measures how long all of a fan-out takes, unless there was nothing to do. */
  <R> Uni<List<R>> timed(Uni<List<R>> all) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Instant start = clock.instant();
              return all.invoke(
                  done -> {
                    if (!done.isEmpty()) {
                      metrics.fannedOut(Duration.between(start, clock.instant()));
                    }
                  });
            });
  }

  /** Works on one item when it has its turn in the lane of a provider; never fails. */
  <I, R> Uni<R> one(
      I item,
      String provider,
      Urgency urgency,
      Object source,
      BiFunction<I, Urgency, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    OrderId order = order(item);
    Object subject = order == null ? provider : order;
    return lanes
        .run(provider, urgency, source, order, () -> work.apply(item, urgency))
        .onFailure()
        .recoverWithItem(failure -> fault.apply(item, fault(failure, subject)));
  }

  /** The order that an item is about, where there is one. */
  private static <I> @Nullable OrderId order(I item) {
    return switch (item) {
      case Order order -> order.id();
      case Apply.Entry entry when entry.order() != null -> entry.order().id();
      default -> null;
    };
  }

  /**
   * An error for a fault of our own: an incident id for the caller, the rest for the log.
   *
   * @param subject what it was about: the id of an order, or a provider's
   */
  VendorError fault(Throwable failure, Object subject) {
    if (failure instanceof StoreException store) {
      LOG.errorf("%s: %s", subject, store.getMessage());
      return new VendorError(
          ErrorClass.RETRY, "Store.Unavailable", String.valueOf(store.getMessage()));
    }
    return new VendorError(
        ErrorClass.RETRY,
        "Internal",
        "an unexpected fault; incident " + incidents.log(failure, subject));
  }
}
