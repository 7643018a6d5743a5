package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderSort;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lists orders sorted by another member than their creation. The order books have no index for
 * that, so each page looks at all orders that match, up to a bound, and keeps only those of the
 * page.
 */
@ApplicationScoped
public class ListSorted {
  /** The most orders that are sorted. */
  public static final int MOST = 20_000;

  private final OrderWalk walk;

  ListSorted(OrderBook book, Clock clock) {
    this.walk = new OrderWalk(book, clock);
  }

  /** How a list is sorted; orders without the member come last in either direction. */
  public record By(OrderSort sort, boolean descending) {

    /** The order in which the order book itself lists. */
    public boolean creation() {
      return sort == OrderSort.CREATED_AT && !descending;
    }

    private String text() {
      return (descending ? "-" : "") + sort.member();
    }
  }

  /** More orders match than can be sorted, or be sorted in time. */
  public static final class TooManyException extends RuntimeException {
    TooManyException() {
      super("too many orders match to sort them", null, false, false);
    }
  }

  /** A place in a sorted list. */
  private record Place(String key, boolean absent, String id) {

    static Place of(Order order, OrderSort sort) {
      return new Place(sort.key(order).orElse(""), sort.key(order).isEmpty(), order.id().value());
    }

    static Comparator<Place> in(By by) {
      Comparator<String> keys =
          by.descending ? Collections.reverseOrder() : Comparator.naturalOrder();
      return Comparator.comparing(Place::absent)
          .thenComparing(Place::key, keys)
          .thenComparing(Place::id);
    }

    String cursor(By by) {
      String text = String.join("\n", by.text(), key, absent ? "-" : "+", id);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException when it is no cursor, or one of a list with another sort
     */
    static Place parse(String cursor, By by) {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", -1);
      if (parts.length != 4 || !parts[0].equals(by.text())) {
        throw new IllegalArgumentException("cursor: of another list");
      }
      return new Place(parts[1], parts[2].equals("-"), parts[3]);
    }
  }

  private record Found(Place place, Order order) {}

  /**
   * One page. An order that changes its place between two pages may be on both, or on neither.
   *
   * @param caller the caller, which gets only its own orders
   * @param cursor where the page before ended; null for the first
   * @throws TooManyException as the failure, when more orders match than can be sorted in time
   * @throws IllegalArgumentException as the failure, when the cursor is none of such a list
   */
  public Uni<Page> page(
      Principal caller,
      OrderFilter filter,
      By by,
      @Nullable String cursor,
      int limit,
      Instant deadline) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Comparator<Place> order = Place.in(by);
              Place after = cursor == null ? null : Place.parse(cursor, by);
              // The last place of the page comes first, because an earlier one replaces it.
              PriorityQueue<Found> first =
                  new PriorityQueue<>(Comparator.comparing(Found::place, order).reversed());
              return walk.walk(
                      caller,
                      filter,
                      null,
                      MOST,
                      deadline,
                      it -> {
                        Place place = Place.of(it, by.sort);
                        if (after == null || order.compare(place, after) > 0) {
                          first.add(new Found(place, it));
                        }
                        if (first.size() > limit + 1) {
                          first.remove();
                        }
                      })
                  .map(end -> page(end, first, by, limit));
            });
  }

  private static Page page(OrderWalk.End end, PriorityQueue<Found> first, By by, int limit) {
    if (end.next() != null) {
      throw new TooManyException();
    }
    List<Found> found = new ArrayList<>(first);
    found.sort(Comparator.comparing(Found::place, Place.in(by)));
    boolean last = found.size() <= limit;
    List<Found> shown = last ? found : found.subList(0, limit);
    return new Page(
        shown.stream().map(Found::order).toList(),
        last ? null : shown.getLast().place().cursor(by));
  }
}
