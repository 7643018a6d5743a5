package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Catalog;
import dev.polycert.order.Deploying;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Puts issued certificates into use at their vendors, and tells how far that is. */
@ApplicationScoped
public class DeployCertificate implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Deploying deploying;

  DeployCertificate(Invocation invocation, Catalog catalog, Deploying deploying) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.deploying = deploying;
  }

  /** The Lambda function. */
  @Funq("deploy")
  public Uni<JsonNode> deploy(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/deploy"));
  }

  @Override
  public Uni<DeployAnswer> run(JsonNode input, Instant deadline) {
    DeployRequest request = DeployRequest.read(input, catalog);
    return deploying.deploy(request.orders(), request.targets(), deadline).map(DeployAnswer::of);
  }
}
