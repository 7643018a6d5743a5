package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.AccessKeys;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Revokes a key by which a machine pulls a certificate. May be repeated. */
@ApplicationScoped
public class RevokePullKey implements Operation {
  private final AccessKeys keys;

  RevokePullKey(AccessKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "revoke-pull-key";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("DELETE", "/pull-keys/{id}", Scope.EXPORT_KEY));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Fields fields = Fields.of(input);
    String id = fields.text("id");
    if (id == null && !fields.has("id")) {
      fields.error("id", "is missing; expected the id of a pull key");
    }
    fields.finish();
    return keys.revokePullKey(caller, Objects.requireNonNull(id))
        .map(there -> new Answer(id, there));
  }

  /**
   * @param revoked whether it was valid until now; false when it had been revoked before
   */
  @RegisterForReflection
  public record Answer(String id, boolean revoked) {}
}
