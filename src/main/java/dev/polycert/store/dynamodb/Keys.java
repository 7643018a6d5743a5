package dev.polycert.store.dynamodb;

import dev.polycert.order.Cursor;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes keys whose order as texts is the order in which they are read. */
final class Keys {
  static final String HISTORY = "history#";
  private static final String ORDER = "order#";

  /** The second part of an order's own key. */
  static final String ORDER_ITEM = "order";

  private static final char SEPARATOR = '#';
  private static final char AFTER_SEPARATOR = '$';

  /** Fixed width for the years 0 to 9999; what is outside of them is taken for their ends. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final long FIRST_SECOND = -62_167_219_200L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private Keys() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(TableSchema.PK, text(pk), TableSchema.SK, text(sk));
  }

  /** The partition of an order and its history. */
  static String partition(OrderId id) {
    return ORDER + id.value();
  }

  static Map<String, AttributeValue> order(OrderId id) {
    return key(partition(id), ORDER_ITEM);
  }

  static Map<String, AttributeValue> history(OrderId id, long version) {
    return key(partition(id), HISTORY + "%010d".formatted(version));
  }

  static String domain(String ascii) {
    return "domain#" + ascii;
  }

  /** An order by another name that its certificate is asked for. */
  static Map<String, AttributeValue> named(String ascii, OrderId id) {
    return key(names(ascii), id.value());
  }

  /** The partition of the orders whose certificates have that name beside their domain. */
  static String names(String ascii) {
    return domain("also#" + ascii);
  }

  /** What the generations of a domain's order at an account begin with. */
  static String account(String provider, String series) {
    return part(provider) + "#" + part(series) + "#";
  }

  static Map<String, AttributeValue> generation(Order order) {
    String account = account(order.provider(), order.series());
    return key(domain(order.domain().ascii()), account + "%010d".formatted(order.generation()));
  }

  /** Without the separator in it. */
  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Map<String, AttributeValue> reservation(String resource) {
    return key("reservation#" + resource, "reservation");
  }

  static Map<String, AttributeValue> turn(String work) {
    return key("turn#" + work, "turn");
  }

  static final String PULL_KEYS = "pull-keys";

  static final String API_KEYS = "api-keys";

  static Map<String, AttributeValue> keyRecord(String partition, String id) {
    return key(partition, id);
  }

  static Map<String, AttributeValue> vault(String name) {
    return key("vault#" + name, "vault");
  }

  static String time(Instant at) {
    long second = Math.clamp(at.getEpochSecond(), FIRST_SECOND, LAST_SECOND);
    return TIME.format(Instant.ofEpochSecond(second, at.getNano()));
  }

  /** Where an order with this time stands in an index. */
  static String place(Instant at, OrderId id) {
    return time(at) + SEPARATOR + id.value();
  }

  /** The order that has the place. */
  static OrderId id(String place) {
    return cursor(place).id();
  }

  static Cursor cursor(String place) {
    int separator = place.indexOf(SEPARATOR);
    return new Cursor(
        Instant.parse(place.substring(0, separator)), new OrderId(place.substring(separator + 1)));
  }

  /** Sorts above all places of that time and below all later ones. */
  static String after(Instant at) {
    return time(at) + AFTER_SEPARATOR;
  }

  static String shard(OrderId id) {
    return shard(Math.floorMod(id.value().hashCode(), TableSchema.SHARDS));
  }

  static String shard(int number) {
    return Integer.toString(number);
  }
}
