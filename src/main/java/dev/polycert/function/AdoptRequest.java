package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.Nearest;
import dev.polycert.order.Adopting.Source;
import dev.polycert.order.Catalog;
import dev.polycert.provider.Capability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which accounts' inventories to take, each from where an answer before ended. */
record AdoptRequest(List<Source> sources) {

  AdoptRequest {
    sources = List.copyOf(sources);
  }

  /**
   * Reads a request. Without providers it means all that are configured and can list what they
   * have.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static AdoptRequest read(JsonNode input, Catalog catalog) {
    Fields fields = Fields.of(input);
    List<String> providers = new ProvidersReader(fields, catalog).providers(new ArrayList<>());
    if (!fields.has("providers")) {
      List<String> capable = catalog.capableOf(Capability.DISCOVER);
      providers = providers.stream().filter(capable::contains).toList();
      if (providers.isEmpty()) {
        fields.error(
            "providers",
            "no configured provider lists what it has; " + String.join(", ", capable) + " would");
      }
    }
    Fields given = fields.object("cursors");
    Map<String, String> cursors = new HashMap<>();
    for (String id : given.names()) {
      String cursor = given.text(id);
      if (!providers.contains(id)) {
        given.error(id, "is not a provider of this request; " + Nearest.hint(id, providers));
      } else if (cursor != null) {
        cursors.put(id, cursor);
      }
    }
    fields.finish();
    return new AdoptRequest(providers.stream().map(id -> new Source(id, cursors.get(id))).toList());
  }
}
