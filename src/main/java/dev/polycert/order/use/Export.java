package dev.polycert.order.use;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Results;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out issued certificates: the use case behind {@code export}. The fact is recorded before
 * anything is given out; the certificate and its key are recorded nowhere.
 *
 * <p>A record beside a step that waits for a vendor or a target would lose its result. So a key
 * waits a short time until no other step is at work; a certificate without its key is no secret,
 * and is given out unrecorded then.
 */
@ApplicationScoped
public class Export {
  private static final VendorError WITH_YOU =
      new VendorError(
          ErrorClass.FINAL,
          "PrivateKey.WithYou",
          "the order has your own CSR, so the private key is with you: export in PEM without"
              + " includePrivateKey");

  /** How often others may be at work, a second apart in the end: some 6 seconds in all. */
  private static final int TRIES = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Catalog catalog;
  private final NamedOrders orders;
  private final Steps steps;
  private final Clock clock;

  Export(Catalog catalog, NamedOrders orders, Steps steps, Clock clock) {
    this.catalog = catalog;
    this.orders = orders;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * The result of an export: either the certificate or an error.
   *
   * @param order as it is after the export was recorded
   */
  public record Entry(
      Order order, @Nullable CertificateBundle bundle, @Nullable VendorError error) {}

  /**
   * Exports the certificate of an order.
   *
   * @param includePrivateKey whether the key is given out as well, where the vendor has it
   * @throws OrderException.Unknown as failure, when the order is not there
   * @throws OrderException.Conflict as failure, when the order is not issued or its provider cannot
   * @throws StaleOrderException as failure, when others are at work on the order for too long
   */
  public Uni<Entry> export(OrderId id, boolean includePrivateKey, Instant deadline) {
    return export(
        id,
        includePrivateKey,
        includePrivateKey ? "with its private key" : "without a private key",
        deadline);
  }

  /**
   * As above.
   *
   * @param how what the history says of it
   */
  Uni<Entry> export(OrderId id, boolean includePrivateKey, String how, Instant deadline) {
    return patiently(
            deadline,
            Uni.createFrom()
                .deferred(() -> orders.find(id))
                .invoke(order -> requireFree(order, includePrivateKey)))
        .invoke(
            order -> {
              catalog.requireCapable(order.provider(), Capability.EXPORT);
              NamedOrders.notIssued(order, "export")
                  .ifPresent(
                      why -> {
                        throw new OrderException.Conflict(why.message());
                      });
            })
        .flatMap(order -> export(steps.step(order, deadline), includePrivateKey, how));
  }

  /** Checked before the vendor is asked for a key that could not be given out. */
  private void requireFree(Order order, boolean includePrivateKey) {
    boolean issued = order.state() == OrderState.ISSUED;
    if (includePrivateKey && issued && order.othersAtWork(clock.instant())) {
      throw new StaleOrderException(order.id());
    }
  }

  private <T> Uni<T> patiently(Instant deadline, Uni<T> work) {
    return work.onFailure(
            failure -> failure instanceof StaleOrderException && clock.instant().isBefore(deadline))
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .atMost(TRIES);
  }

  private Uni<Entry> export(Step step, boolean includePrivateKey, String how) {
    Order order = step.order();
    if (includePrivateKey && order.terms().information().csr() != null) {
      return Uni.createFrom().item(new Entry(order, null, WITH_YOU));
    }
    Optional<VendorError> unusable = step.unusable();
    if (unusable.isPresent()) {
      return Uni.createFrom().item(new Entry(order, null, unusable.get()));
    }
    return step.provider()
        .export(order.application(), includePrivateKey, step.reading())
        .flatMap(
            answer ->
                switch (answer) {
                  case Success(var bundle, var requestId) ->
                      record(step, includePrivateKey, how, requestId)
                          .map(recorded -> new Entry(recorded, bundle, null));
                  case Failed(var failure) ->
                      Uni.createFrom().item(new Entry(order, null, failure.error()));
                });
  }

  private Uni<Order> record(
      Step step, boolean includePrivateKey, String how, @Nullable String requestId) {
    return patiently(
        step.deadline(),
        orders.latest(
            step.order().id(),
            step.deadline(),
            now -> {
              if (!now.othersAtWork()) {
                return new Results(now).notes("certificate exported " + how, requestId);
              }
              return includePrivateKey
                  ? Uni.createFrom().failure(new StaleOrderException(now.order().id()))
                  : Uni.createFrom().item(now.order());
            }));
  }
}
