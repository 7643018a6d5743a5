package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Adopted.Fate;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what exists at provider accounts into the order book: the use case behind {@code adopt}.
 */
@ApplicationScoped
public class Adopting {
  /** An answer with more would be larger than a function may give. */
  private static final int MOST_ITEMS = 2000;

  private final Catalog catalog;
  private final OrderBook book;
  private final FanOut fanOut;
  private final OrderSteps steps;
  private final Clock clock;

  Adopting(Catalog catalog, OrderBook book, OrderSteps steps, FanOut fanOut, Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
    this.clock = clock;
  }

  /**
   * Where to read an inventory.
   *
   * @param cursor where an answer before ended; null for the beginning
   */
  public record Source(String provider, @Nullable String cursor) {}

  /**
   * Adopts, page by page, until everything is read or the time is over. May be repeated: what has
   * an order is left alone.
   *
   * @return one entry per source, in their order
   * @throws OrderException.Conflict as failure, when a provider cannot tell what it has
   */
  public Uni<List<Adopted>> adopt(List<Source> sources, Instant deadline) {
    return Uni.createFrom()
        .deferred(
            () -> {
              sources.forEach(s -> catalog.requireCapable(s.provider(), Capability.DISCOVER));
              return fanOut.run(
                  sources,
                  Source::provider,
                  source -> new Run(source, deadline).page(source.cursor()),
                  (source, fault) ->
                      new Adopted(source.provider(), List.of(), source.cursor(), fault));
            });
  }

  /** The reading of one source. */
  private final class Run {
    private final CertificateProvider provider;
    private final Instant deadline;
    private final Adoption adoption;
    private final List<Adopted.Item> items = new ArrayList<>();

    Run(Source source, Instant deadline) {
      this.provider = catalog.require(source.provider());
      this.deadline = deadline;
      this.adoption = new Adoption(provider, book, steps, deadline);
    }

    Uni<Adopted> page(@Nullable String cursor) {
      if (!clock.instant().isBefore(deadline)) {
        return ended(cursor, timeOver());
      }
      return provider
          .list(cursor, CallContext.readOnly(deadline).about(provider.account()))
          .flatMap(
              result ->
                  switch (result) {
                    case Result.Value<Inventory>(Inventory page, String requestId) ->
                        take(page, cursor);
                    case Result.Failed<Inventory>(var outcome) ->
                        ended(cursor, Asking.error(outcome));
                  });
    }

    private Uni<Adopted> take(Inventory page, @Nullable String cursor) {
      return Multi.createFrom()
          .iterable(page.items())
          .onItem()
          .transformToUniAndConcatenate(this::take)
          .collect()
          .asList()
          .flatMap(
              taken -> {
                items.addAll(taken);
                if (taken.size() < page.items().size()) {
                  return ended(cursor, timeOver());
                }
                return page.next() == null || items.size() >= MOST_ITEMS
                    ? ended(page.next(), null)
                    : page(page.next());
              });
    }

    /** Nothing once the time is over; the page is then read again. */
    private Uni<Adopted.Item> take(Inventory.Item item) {
      if (!clock.instant().isBefore(deadline)) {
        return Uni.createFrom().nullItem();
      }
      return adoption
          .take(item)
          .onFailure()
          .recoverWithItem(
              failure ->
                  new Adopted.Item(
                      item,
                      Fate.REFUSED,
                      null,
                      fanOut.fault(failure, provider.descriptor().id()).message()));
    }

    private Uni<Adopted> ended(@Nullable String next, @Nullable VendorError error) {
      String id = provider.descriptor().id();
      return Uni.createFrom().item(() -> new Adopted(id, items, next, error));
    }

    private static VendorError timeOver() {
      return new VendorError(
          ErrorClass.THROTTLED, "Deferred", "the time for this request is used up for now");
    }
  }
}
