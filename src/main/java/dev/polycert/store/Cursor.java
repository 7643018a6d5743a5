package dev.polycert.store;

import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in the order of creation, which callers get as a text and send back. */
public record Cursor(Instant createdAt, OrderId id) {
  private static final String SEPARATOR = "#";

  /** The place of an order. */
  public static Cursor of(Order order) {
    return new Cursor(order.createdAt(), order.id());
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
