package dev.polycert.order.use;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Results;
import dev.polycert.order.step.Step;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Deployment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts issued certificates into use: the use case behind {@code deploy}. May be repeated. */
@ApplicationScoped
public class Deploy {
  private final Catalog catalog;
  private final NamedOrders orders;

  Deploy(Catalog catalog, NamedOrders orders) {
    this.catalog = catalog;
    this.orders = orders;
  }

  /** The result of deploying one order's certificate: either its progress or an error. */
  public record Entry(Order order, @Nullable Deployment deployment, @Nullable VendorError error) {}

  /**
   * Deploys the certificates of orders, or reports how far their deployment is.
   *
   * @param targets where to, options by provider
   */
  public Uni<List<NamedOrder<Entry>>> deploy(
      List<OrderId> ids, Map<String, Map<String, String>> targets, Instant deadline) {
    return orders.each(
        ids,
        deadline,
        step -> deploy(step, targets.getOrDefault(step.order().provider(), Map.of())),
        (order, fault) -> new Entry(order, null, fault));
  }

  private Optional<VendorError> obstacle(Step step) {
    Order order = step.order();
    return catalog
        .incapable(order.provider(), Capability.DEPLOY)
        .map(NamedOrders::conflict)
        .or(() -> NamedOrders.notIssued(order, "deploy"))
        .or(step::unusable);
  }

  private Uni<Entry> deploy(Step step, Map<String, String> target) {
    Order before = step.order();
    Results results = new Results(step);
    Optional<VendorError> obstacle = obstacle(step);
    if (obstacle.isPresent()) {
      return Uni.createFrom().item(new Entry(before, null, obstacle.get()));
    }
    return step.provider()
        .deploy(before.application(), target, step.keeping(false))
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var deployment, var requestId) ->
                      results
                          .keeps(before, describe(deployment), requestId)
                          .map(order -> new Entry(order, deployment, null));
                  case Failed(var failure) -> {
                    VendorError error = failure.error();
                    yield results
                        .keeps(before, "deploy: " + Results.describe(error), error.requestId())
                        .map(order -> new Entry(order, null, error));
                  }
                });
  }

  private static String describe(Deployment deployment) {
    return deployment.state() + " to " + deployment.target() + ": " + deployment.vendorStatus();
  }
}
