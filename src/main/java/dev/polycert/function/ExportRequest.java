package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.order.OrderId;
import java.util.Optional;

/** Which certificate to give out, and whether with its key: one a request, never in bulk. */
record ExportRequest(OrderId order, boolean includePrivateKey) {

  /**
   * Reads a request.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static ExportRequest read(JsonNode input) {
    Fields fields = Fields.of(input);
    Optional<OrderId> order = OrderIdsReader.one(fields);
    boolean includePrivateKey = Boolean.TRUE.equals(fields.flag("includePrivateKey"));
    fields.finish();
    return new ExportRequest(order.orElseThrow(), includePrivateKey);
  }
}
