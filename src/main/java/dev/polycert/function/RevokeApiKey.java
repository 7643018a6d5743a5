package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.order.ApiKey;
import dev.polycert.order.Scope;
import dev.polycert.order.use.AccessKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Revokes a key of the API, from the next request on. May be repeated. */
@ApplicationScoped
public class RevokeApiKey implements Operation {
  private final AccessKeys keys;

  RevokeApiKey(AccessKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "revoke-key";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("DELETE", "/keys/{id}", Scope.ADMIN));
  }

  @Override
  public Uni<RevokePullKey.Answer> run(JsonNode input, Instant deadline) {
    Fields fields = Fields.of(input);
    String id = fields.text("id");
    if (id == null && !fields.has("id")) {
      fields.error("id", "is missing; expected the id of a key");
    }
    fields.finish();
    return keys.revoke(ApiKey.class, Objects.requireNonNull(id))
        .map(there -> new RevokePullKey.Answer(id, there));
  }
}
