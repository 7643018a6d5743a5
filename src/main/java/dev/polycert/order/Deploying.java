package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts issued certificates into use: the use case behind {@code deploy}. May be repeated. */
@ApplicationScoped
public class Deploying {
  private final Catalog catalog;
  private final OrderBook book;
  private final OrderSteps steps;
  private final FanOut fanOut;

  Deploying(Catalog catalog, OrderBook book, OrderSteps steps, FanOut fanOut) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
    this.fanOut = fanOut;
  }

  /**
   * Deploys the certificates of orders, or tells how far their deployment is.
   *
   * @param targets where to, options by provider
   * @throws OrderException.Unknown as failure, when an order is not there
   * @throws OrderException.Conflict as failure, when an order is not issued or its provider cannot;
   *     nothing is deployed then
   */
  public Uni<List<Deployed>> deploy(
      List<OrderId> ids, Map<String, Map<String, String>> targets, Instant deadline) {
    return Checking.load(book, ids.stream().distinct().toList())
        .invoke(
            orders ->
                orders.forEach(
                    order -> {
                      order.requireIssued("deploy");
                      catalog.requireCapable(order.provider(), Capability.DEPLOY);
                    }))
        .flatMap(
            orders ->
                fanOut.run(
                    orders,
                    Order::provider,
                    order ->
                        deploy(
                            order.id(), targets.getOrDefault(order.provider(), Map.of()), deadline),
                    (order, fault) -> new Deployed(order, null, fault)));
  }

  private Uni<Deployed> deploy(OrderId id, Map<String, String> target, Instant deadline) {
    return Uni.createFrom()
        .deferred(() -> book.find(id))
        .map(Optional::orElseThrow)
        .flatMap(order -> deploy(steps.step(order, deadline), target))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }

  private static Uni<Deployed> deploy(Step step, Map<String, String> target) {
    Order before = step.order();
    Optional<VendorError> unusable = OrderSteps.unusable(step);
    if (unusable.isPresent()) {
      return Uni.createFrom().item(new Deployed(before, null, unusable.get()));
    }
    return step.provider
        .deploy(before.application(), target, step.intents().keeping(false))
        .flatMap(
            result ->
                switch (result) {
                  case Result.Value<Deployment>(Deployment deployment, String requestId) ->
                      step.keeps(before, describe(deployment), requestId)
                          .map(order -> new Deployed(order, deployment, null));
                  case Result.Failed<Deployment>(var outcome) -> {
                    var error = Asking.error(outcome);
                    yield step.keeps(before, "deploy: " + Step.describe(error), error.requestId())
                        .map(order -> new Deployed(order, null, error));
                  }
                });
  }

  private static String describe(Deployment deployment) {
    return deployment.state() + " to " + deployment.target() + ": " + deployment.vendorStatus();
  }
}
