package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.log.Incidents;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Order;
import dev.polycert.provider.ProviderConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Does the same for many items at once: as many at a time per provider as configured, results in
 * the order of the items, and no item's fault touches another's result.
 */
@ApplicationScoped
class FanOut {
  private final ProviderConfig config;
  private final Incidents incidents;
  private final Metrics metrics;
  private final Clock clock;

  FanOut(ProviderConfig config, Incidents incidents, Metrics metrics, Clock clock) {
    this.config = config;
    this.incidents = incidents;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Runs the work.
   *
   * @param provider the provider whose concurrency an item counts for
   * @param fault makes the result of an item whose work failed
   */
  <I, R> Uni<List<R>> run(
      List<I> items,
      Function<I, String> provider,
      Function<I, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    Object[] results = new Object[items.size()];
    var byProvider =
        IntStream.range(0, items.size())
            .boxed()
            .collect(Collectors.groupingBy(index -> provider.apply(items.get(index))));
    List<Uni<Void>> groups =
        byProvider.entrySet().stream()
            .map(
                group ->
                    Multi.createFrom()
                        .iterable(group.getValue())
                        .onItem()
                        .transformToUni(
                            index ->
                                safely(items.get(index), provider, work, fault)
                                    .invoke(result -> results[index] = result))
                        .merge(config.of(group.getKey()).concurrency())
                        .onItem()
                        .ignoreAsUni())
            .toList();
    if (groups.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.createFrom()
        .deferred(
            () -> {
              Instant start = clock.instant();
              return Uni.join()
                  .all(groups)
                  .andFailFast()
                  .invoke(done -> metrics.fannedOut(Duration.between(start, clock.instant())));
            })
        .map(done -> inOrder(results));
  }

  @SuppressWarnings("unchecked")
  private static <R> List<R> inOrder(Object[] results) {
    return (List<R>) Arrays.asList(results);
  }

  private <I, R> Uni<R> safely(
      I item,
      Function<I, String> provider,
      Function<I, Uni<R>> work,
      BiFunction<I, VendorError, R> fault) {
    return Uni.createFrom()
        .deferred(() -> work.apply(item))
        .onFailure()
        .recoverWithItem(failure -> fault.apply(item, fault(failure, subject(item, provider))));
  }

  /** The subject of a fault in the log: the order, where there is one. */
  private static <I> Object subject(I item, Function<I, String> provider) {
    return switch (item) {
      case Order order -> order.id();
      case Apply.Entry entry when entry.order() != null -> entry.order().id();
      default -> provider.apply(item);
    };
  }

  /**
   * An error for a fault of our own: an incident id for the caller, the rest for the log.
   *
   * @param subject what it was about: the id of an order, or a provider's
   */
  VendorError fault(Throwable failure, Object subject) {
    return new VendorError(
        ErrorClass.RETRY,
        "Internal",
        "an unexpected fault; incident " + incidents.log(failure, subject));
  }
}
