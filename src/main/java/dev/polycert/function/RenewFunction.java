package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Renew;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sweeps: renews what is due, and takes every other step that is due. */
@ApplicationScoped
public class RenewFunction implements Operation {
  private final Invocation invocation;
  private final Renew renew;

  RenewFunction(Invocation invocation, Renew renew) {
    this.invocation = invocation;
    this.renew = renew;
  }

  /** The Lambda function. */
  @Funq("renew")
  public Uni<JsonNode> renew(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "renew";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/renew", Scope.APPLY));
  }

  @Override
  public Optional<ObjectNode> scheduled() {
    return Optional.of(JsonNodeFactory.instance.objectNode());
  }

  /** The only input is an empty object. */
  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    Fields.of(input).finish();
    return renew.due(deadline).map(StepsAnswer::of);
  }
}
