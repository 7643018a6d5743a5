package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.InvalidInput;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Information;
import java.util.List;

/** Information, or a part of it, for some orders. */
record SubmitRequest(List<OrderId> orders, Information information) {
  private static final int MAX_ORDERS = 100;

  SubmitRequest {
    orders = List.copyOf(orders);
  }

  /**
   * Reads a request.
   *
   * @throws InvalidInput with everything that is wrong with it
   */
  static SubmitRequest read(JsonNode input) {
    Fields fields = Fields.of(input);
    List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
    boolean given = fields.has("information");
    Information information = InformationReader.read(fields.object("information"));
    if (!given) {
      fields.error("information", "is missing; expected an object");
    }
    fields.finish();
    if (information.equals(Information.none())) {
      throw InvalidInput.of("information", "says nothing");
    }
    return new SubmitRequest(orders, information);
  }
}
