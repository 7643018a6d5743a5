package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.InvalidInput;
import dev.polycert.function.invocation.Nearest;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Descriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which orders to read. */
sealed interface OrdersRequest {

  int MAX_LIMIT = 200;
  int LIMIT = 50;

  /** One, by what may be its id. */
  record One(String id) implements OrdersRequest {}

  /** A page of those that a filter lets through. */
  record Page(OrderFilter filter, int limit, @Nullable String cursor) implements OrdersRequest {}

  /**
   * Reads a request: query and path parameters, or JSON with the same names.
   *
   * @throws InvalidInput with everything that is wrong with it
   */
  static OrdersRequest read(JsonNode input, Catalog catalog) {
    Fields fields = Fields.of(input);
    String id = fields.text("id");
    OrderFilter filter =
        new OrderFilter(
            fields.choice("state", OrderState.class),
            provider(fields, catalog),
            domain(fields),
            fields.instant("expiringBefore"));
    int limit = fields.number("limit", 1, MAX_LIMIT, LIMIT);
    String cursor = fields.text("cursor");
    fields.finish();
    if (id != null && input.size() > 1) {
      throw InvalidInput.of("id", "stands alone: one order needs no filter and has no pages");
    }
    return id != null ? new One(id) : new Page(filter, limit, cursor);
  }

  private static @Nullable String provider(Fields fields, Catalog catalog) {
    String id = fields.text("provider");
    List<String> known = catalog.descriptors().stream().map(Descriptor::id).toList();
    if (id != null && !known.contains(id)) {
      fields.error(
          "provider", "unknown provider " + Fields.quote(id) + "; " + Nearest.hint(id, known));
    }
    return id;
  }

  private static @Nullable DomainName domain(Fields fields) {
    String text = fields.text("domain");
    try {
      return text == null ? null : DomainName.parse(text);
    } catch (IllegalArgumentException e) {
      fields.error("domain", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
