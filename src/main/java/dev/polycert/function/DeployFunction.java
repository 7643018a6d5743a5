package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.Nearest;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.function.read.ProvidersReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderId;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Deploy;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Deployment;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts issued certificates into use at their vendors, and reports the progress. */
@ApplicationScoped
public class DeployFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Deploy deploy;
  private final OwnOrders own;

  DeployFunction(Invocation invocation, Catalog catalog, Deploy deploy, OwnOrders own) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.deploy = deploy;
    this.own = own;
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
    return List.of(new Route("POST", "/deploy", Scope.DELIVER));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, catalog);
    new Limits(caller).deployments().require();
    return own.each(
            caller, request.orders(), ids -> deploy.deploy(ids, request.targets(), deadline))
        .map(deployed -> Answer.of(deployed, request.targets().keySet()));
  }

  /**
   * The certificates to put into use, and where.
   *
   * @param targets the options by provider
   */
  record Request(List<OrderId> orders, Map<String, Map<String, String>> targets) {
    private static final int MAX_ORDERS = 100;

    Request {
      orders = List.copyOf(orders);
      targets = Map.copyOf(targets);
    }

    /**
     * Reads a request and checks its options against the known providers.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, Catalog catalog) {
      Fields fields = Fields.of(input);
      List<OrderId> orders = OrderIdsReader.require(fields, MAX_ORDERS);
      Fields byProvider = fields.object("deployOptions");
      List<String> capable = catalog.capableOf(Capability.DEPLOY);
      Map<String, Map<String, String>> targets = new HashMap<>();
      for (String id : byProvider.names()) {
        if (capable.contains(id)) {
          targets.put(
              id,
              ProvidersReader.options(byProvider.object(id), catalog.deployOptions(id).keySet()));
        } else {
          byProvider.error(id, "is no provider that deploys; " + Nearest.hint(id, capable));
        }
      }
      fields.finish();
      return new Request(orders, targets);
    }
  }

  /**
   * The progress of each deployment.
   *
   * @param notes what of the request was not used; left out where all was
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answer(List<Entry> orders, @Nullable List<String> notes) {

    public Answer {
      orders = List.copyOf(orders);
      notes = notes == null ? null : List.copyOf(notes);
    }

    /**
     * @param deployment the progress; ask again while it is DEPLOYING
     * @param error why there is no deployment
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        OrderId orderId,
        @Nullable String domain,
        @Nullable String provider,
        @Nullable String label,
        @Nullable Deployment deployment,
        @Nullable ErrorView error) {

      private static Entry of(NamedOrder<Deploy.Entry> named) {
        Deploy.Entry deployed = named.result();
        if (deployed == null) {
          return new Entry(named.id(), null, null, null, null, ErrorView.ofNullable(named.error()));
        }
        return new Entry(
            deployed.order().id(),
            deployed.order().domain().ascii(),
            deployed.order().provider(),
            deployed.order().identity().label(),
            deployed.deployment(),
            ErrorView.ofNullable(deployed.error()));
      }
    }

    static Answer of(List<NamedOrder<Deploy.Entry>> deployed, Set<String> optionsFor) {
      List<Entry> orders = deployed.stream().map(Entry::of).toList();
      List<String> notes =
          optionsFor.stream()
              .filter(id -> orders.stream().noneMatch(entry -> id.equals(entry.provider())))
              .map(
                  id -> "deployOptions." + id + ": not used, because none of these orders is there")
              .sorted()
              .toList();
      return new Answer(orders, notes.isEmpty() ? null : notes);
    }
  }
}
