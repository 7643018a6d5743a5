package dev.polycert.order.use;

import dev.polycert.call.NamedAccount;
import dev.polycert.order.OrderId;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.rate.TokenBucket;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All work of this process with orders, in one lane for each provider: a slow provider holds up no
 * other one, and many steps of a bulk hold up no single request.
 */
@ApplicationScoped
class Lanes {
  /** The lane of looks at what hosts serve, so that slow hosts delay no provider. */
  static final String LOOKS = "served";

  private final ProviderConfig config;
  private final TokenBucket tokens;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<OrderId> held = ConcurrentHashMap.newKeySet();

  Lanes(ProviderConfig config, TokenBucket tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  /** The orders that wait in a lane or are under way. */
  Set<OrderId> held() {
    return held;
  }

  /** How much work of a source waits for a provider. */
  int waiting(String provider, Object source) {
    return lane(provider).waiting(source);
  }

  /** Begins all that waits of a source in any lane, because its time is over. */
  void release(Object source) {
    lanes.values().forEach(lane -> lane.release(source));
  }

  /**
   * Does work when its turn comes.
   *
   * @param source whose turn it is, such as one request
   * @param order what the work is about; null for other things
   */
  <R> Uni<R> run(
      String provider,
      Urgency urgency,
      Object source,
      @Nullable OrderId order,
      Supplier<Uni<R>> work) {
    Lane lane = lane(provider);
    return Uni.createFrom().context(context -> run(lane, urgency, source, order, context, work));
  }

  private <R> Uni<R> run(
      Lane lane,
      Urgency urgency,
      Object source,
      @Nullable OrderId order,
      Context context,
      Supplier<Uni<R>> work) {
    return Uni.createFrom()
        .emitter(
            result -> {
              if (order != null) {
                held.add(order);
              }
              // Once begun, it goes on to its end even if its caller no longer waits.
              Runnable start =
                  () ->
                      Uni.createFrom()
                          .deferred(work::get)
                          .onTermination()
                          .invoke(() -> ended(lane, urgency, order))
                          .subscribe()
                          .with(context, result::complete, result::fail);
              lane.enter(new Lane.Work(urgency, source, start));
            });
  }

  private void ended(Lane lane, Urgency urgency, @Nullable OrderId order) {
    if (order != null) {
      held.remove(order);
    }
    lane.ended(urgency);
  }

  private Lane lane(String provider) {
    return lanes.computeIfAbsent(
        provider,
        added ->
            new Lane(
                config.of(NamedAccount.service(added)).concurrency(),
                urgency -> tokens.waiting(added + "/", urgency)));
  }
}
