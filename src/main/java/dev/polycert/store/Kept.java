package dev.polycert.store;

import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that a store keeps, in the form that all stores share.
 *
 * @param key by which it is found
 * @param values what is kept, byte for byte as it was written: so members of a newer version are
 *     there too
 */
public record Kept(Kind kind, String key, List<byte[]> values) {

  /** The kinds of things that stores keep. Rate limits are not among them: they begin anew. */
  public enum Kind {
    /** By the order's id: its JSON, and the JSON of each entry of its history, the oldest first. */
    ORDER("orders"),
    /** By the reserved thing: the id of the order that has it. */
    RESERVATION("reservations"),
    /** By the name of the work: the time at which it is due next. */
    TURN("times of periodic work"),
    /** By its id: its JSON. */
    PULL_KEY("pull keys"),
    /** By its id: its JSON. */
    API_KEY("keys of the API"),
    /** By its name: a value of the vault, as it was sealed. */
    SEALED("sealed values");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** An order, and the entries of its history. */
  public static Kept order(String id, byte[] order, List<byte[]> history) {
    return new Kept(Kind.ORDER, id, Stream.concat(Stream.of(order), history.stream()).toList());
  }

  /** Something whose one value is a text. */
  public static Kept text(Kind kind, String key, String value) {
    return new Kept(kind, key, List.of(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** The time at which work is due next. */
  public static Kept turn(String work, Instant next) {
    return text(Kind.TURN, work, next.toString());
  }

  /** Its first or only value. */
  public byte[] value() {
    return values.getFirst();
  }

  /** Its value as a text. */
  public String text() {
    return new String(value(), StandardCharsets.UTF_8);
  }

  /** The time that is a turn's value. */
  public Instant next() {
    return Instant.parse(text());
  }

  /** The order. */
  public Order order(OrderJson json) {
    return json.read(value(), Order.class);
  }

  /** The order's history. */
  public List<byte[]> history() {
    return values.subList(1, values.size());
  }

  /** The version of the order that an entry of its history belongs to. */
  public static long version(byte[] entry, OrderJson json) {
    return json.read(entry, HistoryEntry.class).version();
  }
}
