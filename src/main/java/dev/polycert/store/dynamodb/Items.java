package dev.polycert.store.dynamodb;

import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.store.Lists;
import dev.polycert.store.OrderJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns orders and their history into items, and back. An item contains the whole as JSON, and
 * beside it the attributes that keys, indexes, conditions and the filters of a stream need.
 */
final class Items {
  private final OrderJson json = new OrderJson();

  Map<String, AttributeValue> of(Order order) {
    OrderId id = order.id();
    Map<String, AttributeValue> item = new HashMap<>(Keys.order(id));
    item.put(TableSchema.ID, Keys.text(id.value()));
    item.put(TableSchema.VERSION, number(order.version()));
    item.put(TableSchema.STATE, Keys.text(order.state().name()));
    item.put(TableSchema.PROVIDER, Keys.text(order.provider()));
    item.put(TableSchema.ACCOUNT, Keys.text(order.account()));
    item.put(TableSchema.DOMAIN, Keys.text(order.domain().ascii()));
    item.put(TableSchema.SHARD, Keys.text(Keys.shard(id)));
    item.put(TableSchema.CREATED, Keys.text(Keys.place(order.createdAt(), id)));
    Lists.due(order).ifPresent(at -> item.put(TableSchema.DUE, Keys.text(Keys.place(at, id))));
    Lists.expires(order)
        .ifPresent(at -> item.put(TableSchema.EXPIRES, Keys.text(Keys.place(at, id))));
    item.put(TableSchema.JSON, Keys.text(text(json.write(order))));
    return item;
  }

  Order order(Map<String, AttributeValue> item) {
    return json.read(bytes(item), Order.class);
  }

  /** The entry that a transition adds. */
  Map<String, AttributeValue> entry(Order order, String why, @Nullable String requestId) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.history(order.id(), order.version()));
    item.put(TableSchema.JSON, Keys.text(text(json.entry(order, why, requestId))));
    return item;
  }

  /** The history as it was, from all its items, oldest first. */
  List<HistoryEntry> history(List<Map<String, AttributeValue>> items) {
    return json.history(items.stream().map(Items::bytes).toList());
  }

  Map<String, AttributeValue> generation(Order order) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.generation(order));
    item.put(TableSchema.ID, Keys.text(order.id().value()));
    return item;
  }

  /** The order once more for each other name that its certificate is asked for. */
  static List<Map<String, AttributeValue>> names(Order order) {
    return order.alternativeNames().stream()
        .map(
            name -> {
              Map<String, AttributeValue> item =
                  new HashMap<>(Keys.named(name.ascii(), order.id()));
              item.put(TableSchema.ID, Keys.text(order.id().value()));
              return item;
            })
        .toList();
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** The JSON of an item. */
  static byte[] bytes(Map<String, AttributeValue> item) {
    return text(item, TableSchema.JSON).getBytes(StandardCharsets.UTF_8);
  }

  /** An attribute that every item of its kind has. */
  static String text(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null) {
      throw new IllegalStateException(
          "an item without " + attribute + ", but with " + item.keySet());
    }
    return value.s();
  }
}
