package dev.polycert.store;

import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Page;
import dev.polycert.order.OrderState;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.CertificateFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The values that the lists of an order book are sorted and limited by. */
public final class Lists {
  private Lists() {}

  /** When the order has to be looked at; empty when it has not. */
  public static Optional<Instant> due(Order order) {
    return Stream.of(
            Optional.ofNullable(order.nextStepAt()),
            Optional.ofNullable(order.deadline()),
            Upkeep.look(order))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** When the certificate of an issued order ends; empty when that is not known. */
  public static Optional<Instant> expires(Order order) {
    return Optional.ofNullable(order.certificate())
        .filter(certificate -> order.state() == OrderState.ISSUED)
        .map(CertificateFacts::notAfter);
  }

  /**
   * The page of a list.
   *
   * @param found the orders after the page before: one more than the limit if there is a next page
   * @param limit of the page
   */
  public static Page page(List<Order> found, int limit) {
    if (found.size() <= limit) {
      return new Page(List.copyOf(found), null);
    }
    List<Order> orders = List.copyOf(found.subList(0, limit));
    return new Page(orders, Cursor.of(orders.getLast()).text());
  }

  /**
   * The limit of a list.
   *
   * @throws IllegalArgumentException when it is under 1
   */
  public static int limit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + "; it must be at least 1");
    }
    return limit;
  }
}
