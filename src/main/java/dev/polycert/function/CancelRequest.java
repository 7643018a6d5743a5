package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.order.Closure;
import dev.polycert.order.OrderId;
import dev.polycert.provider.RevocationReason;
import java.util.List;
import java.util.Objects;

/**
 * Which orders to end, and how.
 *
 * @param action CANCEL when the request does not tell
 * @param reason of a revocation; UNSPECIFIED when the request does not tell
 */
record CancelRequest(List<OrderId> orders, Closure action, RevocationReason reason) {
  private static final int MAX_ORDERS = 100;

  CancelRequest {
    orders = List.copyOf(orders);
  }

  /**
   * Reads a request.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static CancelRequest read(JsonNode input) {
    Fields fields = Fields.of(input);
    List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
    Closure action =
        Objects.requireNonNullElse(fields.choice("action", Closure.class), Closure.CANCEL);
    RevocationReason reason =
        Objects.requireNonNullElse(
            fields.choice("reason", RevocationReason.class), RevocationReason.UNSPECIFIED);
    if (fields.has("reason") && action != Closure.REVOKE) {
      fields.error("reason", "is for the action REVOKE, not for " + action);
    }
    fields.finish();
    return new CancelRequest(orders, action, reason);
  }
}
