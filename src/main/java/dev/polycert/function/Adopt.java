package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Adopting;
import dev.polycert.order.Catalog;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Takes the certificates that exist at provider accounts into the order book. */
@ApplicationScoped
public class Adopt implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Adopting adopting;

  Adopt(Invocation invocation, Catalog catalog, Adopting adopting) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.adopting = adopting;
  }

  /** The Lambda function. */
  @Funq("adopt")
  public Uni<JsonNode> adopt(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "adopt";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/adopt"));
  }

  @Override
  public Uni<AdoptAnswer> run(JsonNode input, Instant deadline) {
    AdoptRequest request = AdoptRequest.read(input, catalog);
    return adopting.adopt(request.sources(), deadline).map(AdoptAnswer::of);
  }
}
