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

/** Lists the keys by which machines pull certificates, without the keys themselves. */
@ApplicationScoped
public class ListPullKeys implements Operation {
  private final AccessKeys keys;

  ListPullKeys(AccessKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "pull-keys";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("GET", "/pull-keys", Scope.EXPORT_KEY));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Fields.of(input).finish();
    return keys.pullKeys(caller)
        .map(all -> new Answer(all.stream().map(key -> PullKeyView.of(key, null)).toList()));
  }

  /** The keys, the first one made first. */
  @RegisterForReflection
  public record Answer(List<PullKeyView> pullKeys) {

    public Answer {
      pullKeys = List.copyOf(pullKeys);
    }
  }
}
