package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Checked;
import dev.polycert.order.Checking;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks whether validations are published, has the vendors check, and tells where orders stand. */
@ApplicationScoped
public class CheckVerification implements Operation {
  private final Invocation invocation;
  private final Checking checking;

  CheckVerification(Invocation invocation, Checking checking) {
    this.invocation = invocation;
    this.checking = checking;
  }

  /** The Lambda function. */
  @Funq("check-verification")
  public Uni<JsonNode> checkVerification(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "check-verification";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/check-verification"));
  }

  /** A schedule asks for everything that is due. */
  @Override
  public Optional<ObjectNode> scheduled() {
    return Optional.of(JsonNodeFactory.instance.objectNode().put("due", true));
  }

  @Override
  public Uni<CheckAnswer> run(JsonNode input, Instant deadline) {
    return check(CheckRequest.read(input), deadline).map(CheckAnswer::of);
  }

  private Uni<List<Checked>> check(CheckRequest request, Instant deadline) {
    return switch (request) {
      case CheckRequest.Orders orders -> checking.orders(orders.ids(), deadline);
      case CheckRequest.Domains domains -> checking.domains(domains.names(), deadline);
      case CheckRequest.Due due -> checking.due(deadline);
    };
  }
}
