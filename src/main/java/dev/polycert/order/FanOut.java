package dev.polycert.order;

import dev.polycert.incident.Incidents;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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

  FanOut(ProviderConfig config, Incidents incidents) {
    this.config = config;
    this.incidents = incidents;
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
                                safely(items.get(index), work, fault)
                                    .invoke(result -> results[index] = result))
                        .merge(config.of(group.getKey()).concurrency())
                        .onItem()
                        .ignoreAsUni())
            .toList();
    if (groups.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.join().all(groups).andFailFast().map(done -> inOrder(results));
  }

  @SuppressWarnings("unchecked")
  private static <R> List<R> inOrder(Object[] results) {
    return (List<R>) Arrays.asList(results);
  }

  private <I, R> Uni<R> safely(
      I item, Function<I, Uni<R>> work, BiFunction<I, VendorError, R> fault) {
    return Uni.createFrom()
        .deferred(() -> work.apply(item))
        .onFailure()
        .recoverWithItem(failure -> fault.apply(item, fault(failure)));
  }

  /** An error for a fault of our own: an incident id for the caller, the rest for the log. */
  VendorError fault(Throwable failure) {
    return new VendorError(
        ErrorClass.RETRY, "Internal", "an unexpected fault; incident " + incidents.log(failure));
  }
}
