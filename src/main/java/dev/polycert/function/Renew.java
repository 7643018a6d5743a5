package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Renewing;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sweeps: renews what is due, and takes every other step whose time has come. */
@ApplicationScoped
public class Renew implements Operation {
  private final Invocation invocation;
  private final Renewing renewing;

  Renew(Invocation invocation, Renewing renewing) {
    this.invocation = invocation;
    this.renewing = renewing;
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
    return List.of(new Route("POST", "/renew"));
  }

  @Override
  public Optional<ObjectNode> scheduled() {
    return Optional.of(JsonNodeFactory.instance.objectNode());
  }

  /** Takes no input but an empty object. */
  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    Fields.of(input).finish();
    return renewing.due(deadline).map(StepsAnswer::of);
  }
}
