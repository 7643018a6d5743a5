package dev.polycert.order.use;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.Principal;
import dev.polycert.order.step.Each;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Inventory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what exists at provider accounts into the order book: the use case behind {@code adopt}.
 */
@ApplicationScoped
public class Adopt {
  /** An answer with more would be larger than a function may give. */
  private static final int MOST_ITEMS = 2000;

  private final Catalog catalog;
  private final Adoption adoption;
  private final FanOut fanOut;
  private final Clock clock;

  Adopt(Catalog catalog, Adoption adoption, FanOut fanOut, Clock clock) {
    this.catalog = catalog;
    this.adoption = adoption;
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
   * The result for the inventory of one provider account, as far as it was read.
   *
   * @param notes what the inventory does not show, for callers without suffixes
   * @param next the cursor to go on from; null when everything was read, or nothing was
   * @param error why it was not read to the end
   */
  public record Entry(
      String provider,
      List<Item> items,
      List<String> notes,
      @Nullable String next,
      @Nullable VendorError error) {

    public Entry {
      items = List.copyOf(items);
      notes = List.copyOf(notes);
    }

    private static Entry unread(String provider, @Nullable String next, VendorError error) {
      return new Entry(provider, List.of(), List.of(), next, error);
    }
  }

  /** The result for one certificate or application at the vendor. */
  public enum Fate {
    /** It has an order now. */
    ADOPTED,
    /** It had an order before. */
    EXISTING,
    /** The domain's present order is about something later; that one stays. */
    OUTDATED,
    /** It cannot be an order. */
    REFUSED
  }

  /**
   * One certificate or application at the vendor.
   *
   * @param listed as the vendor lists it
   * @param order its own order; for {@link Fate#OUTDATED} the one that the domain has instead
   * @param message why it has no order of its own, or why that is watched alone
   */
  public record Item(
      Inventory.Item listed, Fate fate, @Nullable Order order, @Nullable String message) {}

  /**
   * Adopts, page by page, until everything is read or the time is over. May be repeated: what has
   * an order is left alone.
   *
   * @param caller to whom what is not its own looks like what is not there
   * @param renew whether what is adopted is renewed as well; else it is watched alone, because a
   *     renewal may cost money
   * @return one entry per source, in their order
   */
  public Uni<List<Entry>> adopt(
      Principal caller, List<Source> sources, boolean renew, Instant deadline) {
    return fanOut.run(
        sources,
        Source::provider,
        deadline,
        (source, urgency) -> adopt(caller, source, renew, deadline),
        (source, fault) -> Entry.unread(source.provider(), source.cursor(), fault));
  }

  private Uni<Entry> adopt(Principal caller, Source source, boolean renew, Instant deadline) {
    return catalog
        .incapable(source.provider(), Capability.DISCOVER)
        .map(NamedOrders::conflict)
        .map(error -> Uni.createFrom().item(Entry.unread(source.provider(), null, error)))
        .orElseGet(() -> new Run(caller, source, renew, deadline).page(source.cursor()));
  }

  /** The reading of one source. */
  private final class Run {
    private final Principal caller;
    private final CertificateProvider provider;
    private final boolean renew;
    private final Instant deadline;
    private final List<Item> items = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Run(Principal caller, Source source, boolean renew, Instant deadline) {
      this.caller = caller;
      this.provider = catalog.require(source.provider());
      this.renew = renew;
      this.deadline = deadline;
    }

    Uni<Entry> page(@Nullable String cursor) {
      if (!clock.instant().isBefore(deadline)) {
        return ended(cursor, timeOver());
      }
      return provider
          .list(cursor, new CallContext(deadline, provider.account()))
          .flatMap(
              answer ->
                  switch (answer) {
                    case Success(var page, _) -> take(page, cursor);
                    case Failed(var failure) -> ended(cursor, seen(failure.error()));
                  });
    }

    private Uni<Entry> take(Inventory page, @Nullable String cursor) {
      if (page.note() != null && caller.suffixes().isEmpty()) {
        notes.add(page.note());
      }
      List<Inventory.Item> own = page.items().stream().filter(caller::owns).toList();
      return Each.inTurn(own, this::take)
          .flatMap(
              taken -> {
                items.addAll(taken);
                if (taken.size() < own.size()) {
                  return ended(cursor, timeOver());
                }
                return page.next() == null || items.size() >= MOST_ITEMS
                    ? ended(page.next(), null)
                    : page(page.next());
              });
    }

    /** Nothing once the time is over; the page is then read again. */
    private Uni<Item> take(Inventory.Item item) {
      if (!clock.instant().isBefore(deadline)) {
        return Uni.createFrom().nullItem();
      }
      return adoption
          .take(caller, provider, item, renew, deadline)
          .onFailure()
          .recoverWithItem(
              failure ->
                  new Item(
                      item,
                      Fate.REFUSED,
                      null,
                      fanOut.fault(failure, provider.descriptor().id()).message()));
    }

    private Uni<Entry> ended(@Nullable String next, @Nullable VendorError error) {
      String id = provider.descriptor().id();
      return Uni.createFrom().item(() -> new Entry(id, items, List.copyOf(notes), next, error));
    }

    /** The vendor's words are about the account as a whole, and may name what others have there. */
    private VendorError seen(VendorError error) {
      return caller.suffixes().isEmpty() || error.code().equals(Inventory.UNKNOWN_CURSOR)
          ? error
          : new VendorError(
              error.errorClass(),
              error.code(),
              "the account could not be read; the vendor's message is for callers without suffixes",
              error.requestId(),
              error.retryAfter());
    }

    private static VendorError timeOver() {
      return new VendorError(
          ErrorClass.THROTTLED, "Deferred", "the time for this request is used up for now");
    }
  }
}
