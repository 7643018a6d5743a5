package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Export;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Gives out issued certificates: the use case behind {@code export}. That it was done is recorded
 * before anything is given out; what was given out is recorded nowhere.
 */
@ApplicationScoped
public class Exporting {
  private final Catalog catalog;
  private final OrderBook book;
  private final OrderSteps steps;

  Exporting(Catalog catalog, OrderBook book, OrderSteps steps) {
    this.catalog = catalog;
    this.book = book;
    this.steps = steps;
  }

  /**
   * Exports the certificate of an order.
   *
   * @param includePrivateKey whether the key is given out as well, where the vendor has it
   * @throws OrderException.Unknown as failure, when the order is not there
   * @throws OrderException.Conflict as failure, when the order is not issued or its provider cannot
   */
  public Uni<Exported> export(OrderId id, boolean includePrivateKey, Instant deadline) {
    return Checking.load(book, List.of(id))
        .map(List::getFirst)
        .invoke(
            order -> {
              order.requireIssued("export");
              catalog.requireCapable(order.provider(), Capability.EXPORT);
            })
        .flatMap(order -> export(steps.step(order, deadline), includePrivateKey));
  }

  private Uni<Exported> export(Step step, boolean includePrivateKey) {
    Order order = step.order();
    Optional<VendorError> unusable = OrderSteps.unusable(step);
    if (unusable.isPresent()) {
      return Uni.createFrom().item(new Exported(order, null, unusable.get()));
    }
    return step.provider
        .export(order.application(), includePrivateKey, step.reading())
        .flatMap(
            result ->
                switch (result) {
                  case Result.Value<Export>(Export export, String requestId) ->
                      record(step, export, requestId)
                          .map(recorded -> new Exported(recorded, export, null));
                  case Result.Failed<Export>(var outcome) ->
                      Uni.createFrom().item(new Exported(order, null, Asking.error(outcome)));
                });
  }

  /** Somebody may have moved the order meanwhile: the line then follows theirs. */
  private Uni<Order> record(Step step, Export export, String requestId) {
    String why =
        export.privateKey() == null
            ? "certificate exported without a private key"
            : "certificate exported with its private key";
    return Uni.createFrom()
        .deferred(() -> book.find(step.order().id()))
        .map(Optional::orElseThrow)
        .flatMap(now -> steps.step(now, step.deadline).notes(why, requestId))
        .onFailure(StaleOrderException.class)
        .retry()
        .atMost(3);
  }
}
