package dev.polycert.order.step;

import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook;
import dev.polycert.domain.ServedLook.Wanted;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.Served;
import dev.polycert.order.ServedConfig;
import dev.polycert.order.ServedFindings;
import dev.polycert.order.ServedHosts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether hosts serve the certificates of orders. What it finds is reported and changes
 * nothing else: a host may be wrong for reasons of its own.
 */
@ApplicationScoped
public class Lookout {
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final ServedLook look;
  private final ServedConfig config;
  private final Metrics metrics;
  private final OrderWatch watch;

  Lookout(ServedLook look, ServedConfig config, Metrics metrics, OrderWatch watch) {
    this.look = look;
    this.config = config;
    this.metrics = metrics;
    this.watch = watch;
  }

  /** The looks that follow a delivery; null where the hosts are not to be looked at. */
  @Nullable Served begin(Order delivered, @Nullable String fingerprint, Instant now) {
    return config.every().isPositive() && !ServedHosts.delivered(delivered).isEmpty()
        ? Served.delivered(fingerprint, now)
        : null;
  }

  /** Looks at a host without an order. */
  public Uni<List<ServedAddress>> look(ServedHost host, Instant now, Instant deadline) {
    return look(host, null, now, deadline);
  }

  /** As above, and notifies people of what is wrong. */
  public Uni<List<ServedAddress>> watch(ServedHost host, Instant now, Instant deadline) {
    return look(host, now, deadline)
        .invoke(found -> measure(host, found, now))
        .invoke(found -> Notice.of(host, found, now).ifPresent(watch::send));
  }

  private Uni<List<ServedAddress>> look(
      ServedHost host, @Nullable Wanted wanted, Instant now, Instant deadline) {
    Instant limit = now.plus(LONGEST);
    return look.look(host, wanted, deadline.isBefore(limit) ? deadline : limit);
  }

  private void measure(ServedHost host, List<ServedAddress> found, Instant now) {
    found.stream()
        .map(address -> address.daysLeft(now))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .ifPresent(days -> metrics.daysLeft(host.toString(), days));
  }

  /** Looks at all hosts of an order at once, and records what they serve. */
  Uni<Order> look(Step step) {
    Order order = step.order();
    List<Uni<List<ServedAddress>>> looks =
        ServedHosts.of(order).stream()
            .map(
                host ->
                    look(host, ServedHosts.wanted(order), step.now(), step.deadline())
                        .invoke(found -> measure(host, found, step.now())))
            .toList();
    return looks.isEmpty()
        ? recorded(step, List.of())
        : Uni.join()
            .all(looks)
            .andFailFast()
            .flatMap(found -> recorded(step, found.stream().flatMap(List::stream).toList()));
  }

  private Uni<Order> recorded(Step step, List<ServedAddress> found) {
    Order order = step.order();
    // A notice knows a look by its time, which is that of the record.
    Instant now = order.noEarlier(step.now());
    Served before = Objects.requireNonNullElseGet(order.issuance().served(), Served::asked);
    Served seen =
        found.isEmpty() || !config.every().isPositive()
            ? before.seen(found, config.every(), now).ended()
            : before.seen(found, config.every(), now);
    Order draft = step.times().resume(order.with(order.issuance().withServed(seen)), step.now());
    if (step.othersAtWork()) {
      // A record beside a step that waits for a vendor would lose the vendor's answer.
      return Uni.createFrom().item(draft);
    }
    return step.record(
        Results.noNews(draft),
        found.isEmpty() ? "no host to look at" : "looked: " + ServedFindings.summary(found),
        null,
        now);
  }
}
