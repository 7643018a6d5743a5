package dev.polycert.function;

import dev.polycert.function.invocation.Fields;
import dev.polycert.order.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the order ids of a request. */
final class OrderIdsReader {

  private OrderIdsReader() {}

  /** Reads the member {@code orders}: the ids in request order, each once. */
  static List<OrderId> read(Fields fields, int max) {
    Map<String, String> texts = fields.texts("orders", max);
    List<OrderId> ids = new ArrayList<>();
    if (texts == null) {
      return ids;
    }
    texts.forEach(
        (path, text) ->
            OrderId.parse(text)
                .ifPresentOrElse(
                    ids::add,
                    () ->
                        fields.errorAt(
                            path,
                            Fields.quote(text)
                                + " is not an order id: ord_ and 32 hexadecimal digits")));
    return ids.stream().distinct().toList();
  }
}
