package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.order.ApiKey;
import dev.polycert.order.Scope;
import dev.polycert.order.use.AccessKeys;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Lists the keys of the API, without the keys themselves. */
@ApplicationScoped
public class ListApiKeys implements Operation {
  private final AccessKeys keys;

  ListApiKeys(AccessKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("GET", "/keys", Scope.ADMIN));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    Fields.of(input).finish();
    return keys.all(ApiKey.class)
        .map(all -> new Answer(all.stream().map(key -> ApiKeyView.of(key, null)).toList()));
  }

  /** The keys, the first one made first. */
  @RegisterForReflection
  public record Answer(List<ApiKeyView> keys) {

    public Answer {
      keys = List.copyOf(keys);
    }
  }
}
