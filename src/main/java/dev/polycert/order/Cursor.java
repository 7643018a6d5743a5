package dev.polycert.order;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the order of creation, which callers get as a text and send back. */
public record Cursor(Instant createdAt, OrderId id) {
  private static final String SEPARATOR = "#";

  /** Before every other id. */
  private static final OrderId FIRST = new OrderId("ord_" + "0".repeat(32));

  /** The place of an order. */
  public static Cursor of(Order order) {
    return new Cursor(order.createdAt(), order.id());
  }

  /**
   * Where a limited caller goes on: after its own last order, or else at the time that was reached,
   * because a cursor must not have the id of another caller's order.
   *
   * @param next the cursor that the order book gave
   * @param own the last of the caller's own orders before it; null when there was none
   */
  public static String limited(String next, @Nullable Order own) {
    return (own == null ? new Cursor(parse(next).createdAt, FIRST) : of(own)).text();
  }

  /** Whether two cursors are at the same time, the first one perhaps at the beginning. */
  public static boolean sameTime(@Nullable String one, String other) {
    return one != null && parse(one).createdAt.equals(parse(other).createdAt);
  }

  /** The text for callers. */
  public String text() {
    String place = createdAt + SEPARATOR + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException when {@link #text} did not make it
   */
  public static Cursor parse(String text) {
    try {
      byte[] place = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(place, StandardCharsets.US_ASCII).split(SEPARATOR, 2);
      return new Cursor(Instant.parse(parts[0]), new OrderId(parts[1]));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException other) {
      throw new IllegalArgumentException(
          "cursor: not one that a list gave; it must be the \"next\" of the page before,"
              + " or left out for the first page",
          other);
    }
  }
}
