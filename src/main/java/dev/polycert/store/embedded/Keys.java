package dev.polycert.store.embedded;

import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.store.Lists;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes keys whose order as texts is the order in which they are read. */
final class Keys {
  /** Lower than every character of a part, so that no part runs into the next one. */
  static final String SEPARATOR = "\0";

  /** Higher than everything that follows a separator. */
  static final String END = "\uffff";

  private Keys() {}

  static String join(String... parts) {
    return String.join(SEPARATOR, parts);
  }

  /** A time in fixed width; the flipped sign bit puts times before 1970 first. */
  static String time(Instant at) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(at.getEpochSecond() ^ Long.MIN_VALUE) + hex.toHexDigits(at.getNano());
  }

  /** The time that {@link #time(Instant)} made the text of. */
  static Instant time(String text) {
    int seconds = 2 * Long.BYTES;
    return Instant.ofEpochSecond(
        HexFormat.fromHexDigitsToLong(text, 0, seconds) ^ Long.MIN_VALUE,
        HexFormat.fromHexDigits(text, seconds, text.length()));
  }

  /** Where an order stands in the order of creation. */
  static String creation(Order order) {
    return creation(Cursor.of(order));
  }

  static String creation(Cursor place) {
    return join(time(place.createdAt()), place.id().value());
  }

  /** Where a list of the orders since the filter's time begins; null for the first order. */
  static @Nullable String since(OrderFilter filter) {
    Instant since = filter.createdSince();
    return since == null || since.equals(Instant.MIN) ? null : time(since.minusNanos(1));
  }

  /** When the order has to be looked at; empty when it has not. */
  static Optional<String> due(Order order) {
    return Lists.due(order).map(at -> join(time(at), order.id().value()));
  }

  /** When an order has ended, as far as its last record says. */
  static String end(Order order) {
    return join(time(order.updatedAt()), order.id().value());
  }

  /** What all generations of a domain's order at an account have in common. */
  static String account(String provider, String series, String domain) {
    return join(domain, provider, series);
  }

  static String generation(Order order) {
    return join(
        account(order.provider(), order.series(), order.domain().ascii()),
        HexFormat.of().toHexDigits(order.generation()));
  }

  static String history(OrderId id, long version) {
    return join(id.value(), HexFormat.of().toHexDigits(version));
  }
}
