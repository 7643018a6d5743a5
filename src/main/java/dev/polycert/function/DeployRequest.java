package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.Nearest;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Capability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which certificates to put into use, and where.
 *
 * @param targets options by provider
 */
record DeployRequest(List<OrderId> orders, Map<String, Map<String, String>> targets) {
  private static final int MAX_ORDERS = 100;

  DeployRequest {
    orders = List.copyOf(orders);
    targets = Map.copyOf(targets);
  }

  /**
   * Reads a request and checks its options against the providers that there are.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static DeployRequest read(JsonNode input, Catalog catalog) {
    Fields fields = Fields.of(input);
    List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
    Fields byProvider = fields.object("deployOptions");
    List<String> capable = catalog.capableOf(Capability.DEPLOY);
    Map<String, Map<String, String>> targets = new HashMap<>();
    for (String id : byProvider.names()) {
      if (capable.contains(id)) {
        targets.put(
            id, ProvidersReader.options(byProvider.object(id), catalog.deployOptions(id).keySet()));
      } else {
        byProvider.error(id, "is no provider that deploys; " + Nearest.hint(id, capable));
      }
    }
    fields.finish();
    return new DeployRequest(orders, targets);
  }
}
