package dev.polycert.function.read;

import dev.polycert.order.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the order ids of a request. */
public final class OrderIdsReader {

  private OrderIdsReader() {}

  /** Reads the member {@code orders}: the ids in request order, each once. */
  public static List<OrderId> read(Fields fields, int max) {
    Map<String, String> texts = fields.texts("orders", max);
    List<OrderId> ids = new ArrayList<>();
    if (texts == null) {
      return ids;
    }
    texts.forEach((path, text) -> parse(fields, path, text).ifPresent(ids::add));
    return ids.stream().distinct().toList();
  }

  /** As above, for a request that is about orders and nothing else. */
  public static List<OrderId> require(Fields fields, int max) {
    List<OrderId> ids = read(fields, max);
    if (!fields.has("orders")) {
      fields.error("orders", "is missing; expected an array of order ids");
    }
    return ids;
  }

  /** Reads the member {@code order}, which must be there; empty when that is reported as wrong. */
  public static Optional<OrderId> one(Fields fields) {
    String text = fields.text("order");
    if (text == null && !fields.has("order")) {
      fields.error("order", "is missing; expected an order id");
    }
    return Optional.ofNullable(text).flatMap(id -> parse(fields, "order", id));
  }

  private static Optional<OrderId> parse(Fields fields, String path, String text) {
    Optional<OrderId> id = OrderId.parse(text);
    if (id.isEmpty()) {
      fields.errorAt(
          path, Fields.quote(text) + " is not an order id: ord_ and 32 hexadecimal digits");
    }
    return id;
  }
}
