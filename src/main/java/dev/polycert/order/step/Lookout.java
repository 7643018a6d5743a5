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
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether hosts serve the certificates of orders. What it finds is reported and changes
 * nothing else: a host may be wrong for reasons of its own.
 */
@ApplicationScoped
public class Lookout {
  private static final Logger LOG = Logger.getLogger(Lookout.class);

  private static final Duration LONGEST = Duration.ofSeconds(15);

  /** A difference that this pause outlasts is not a restart or a lost packet. */
  private static final Duration UNTIL_SECOND_LOOK = Duration.ofSeconds(10);

  /** After so many times {@code polycert.served.every}, a measurement is no longer shown. */
  private static final int LOOKS_MISSED = 2;

  private final ServedLook look;
  private final ServedConfig config;
  private final Metrics metrics;
  private final OrderWatch watch;
  private final Duration untilSecondLook;

  @Inject
  Lookout(ServedLook look, ServedConfig config, Metrics metrics, OrderWatch watch) {
    this(look, config, metrics, watch, UNTIL_SECOND_LOOK);
  }

  Lookout(
      ServedLook look,
      ServedConfig config,
      Metrics metrics,
      OrderWatch watch,
      Duration untilSecondLook) {
    this.look = look;
    this.config = config;
    this.metrics = metrics;
    this.watch = watch;
    this.untilSecondLook = untilSecondLook;
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

  /** As above, and notifies people of what is wrong, and still is at a second look. */
  public Uni<List<ServedAddress>> watch(ServedHost host, Instant now, Instant deadline) {
    Instant later = now.plus(untilSecondLook);
    return measured(host, now, deadline)
        .flatMap(
            found ->
                !Notice.of(host, found, now).isEmpty() && later.isBefore(deadline)
                    ? Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(untilSecondLook)
                        .flatMap(again -> measured(host, later, deadline))
                    : Uni.createFrom().item(found))
        .invoke(found -> Notice.of(host, found, now).forEach(watch::send))
        .invoke(Lookout::warn);
  }

  private Uni<List<ServedAddress>> measured(ServedHost host, Instant now, Instant deadline) {
    return look(host, now, deadline).invoke(found -> measure(host, found, now));
  }

  /** Otherwise no answer and no notice would show that a watched host could not be asked. */
  private static void warn(List<ServedAddress> found) {
    found.stream()
        .filter(seen -> seen.status() == ServedAddress.Status.UNKNOWN)
        .forEach(seen -> LOG.warnf("A watched host: %s", seen.sentence()));
  }

  private Uni<List<ServedAddress>> look(
      ServedHost host, @Nullable Wanted wanted, Instant now, Instant deadline) {
    Instant limit = now.plus(LONGEST);
    return look.look(host, wanted, deadline.isBefore(limit) ? deadline : limit);
  }

  private void measure(ServedHost host, List<ServedAddress> found, Instant now) {
    found.stream()
        .map(ServedAddress::notAfter)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .ifPresent(
            end ->
                metrics.serves(
                    host.toString(), end, now.plus(config.every().multipliedBy(LOOKS_MISSED))));
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
            .map(
                found ->
                    Stream.concat(
                            found.stream().flatMap(List::stream),
                            ServedHosts.unseen(order).stream())
                        .toList())
            .flatMap(found -> recorded(step, found));
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
    // Its next step stays where it is: frequent looks would put it off for ever.
    Order draft = order.with(order.issuance().withServed(seen));
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
