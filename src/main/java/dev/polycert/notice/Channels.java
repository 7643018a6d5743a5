package dev.polycert.notice;

import dev.polycert.metric.Metrics;
import dev.polycert.order.Catalog;
import dev.polycert.order.LoggedNotices;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.Notices;
import dev.polycert.rate.Sleeper;
import dev.polycert.startup.StartupCheck;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Writes notices to the log, and gives them to the configured channels. On Lambda, notices of
 * orders come from the table's stream ({@link #send(List, Instant)}), so that none is lost with a
 * function that ends; the function that records an order does not send them.
 */
@ApplicationScoped
public class Channels implements Notices, NoticeChannels, StartupCheck {
  private static final Logger LOG = Logger.getLogger(Channels.class);

  /** As for accounts: environment variables would change other characters. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

  /** Stops after the server has finished its requests and the sweep, which may cause notices. */
  private static final int AFTER_SERVER = Interceptor.Priority.APPLICATION + 1000;

  private static final Duration AT_STOP = Duration.ofSeconds(10);

  private final LoggedNotices log;
  private final Clock clock;
  private final boolean server;
  private final SortedMap<String, Channel> channels;
  private final List<String> wrong = new ArrayList<>();

  @Inject
  Channels(
      NoticeConfig config,
      Senders senders,
      Catalog catalog,
      LoggedNotices log,
      Metrics metrics,
      Clock clock,
      @ConfigProperty(name = "polycert.server.enabled", defaultValue = "false") boolean server) {
    this(config, senders, catalog::ids, log, metrics, clock, server, Sleeper.real());
  }

  Channels(
      NoticeConfig config,
      Senders senders,
      Supplier<List<String>> providers,
      LoggedNotices log,
      Metrics metrics,
      Clock clock,
      boolean server,
      Sleeper sleeper) {
    this.log = log;
    this.clock = clock;
    this.server = server;
    this.channels = new TreeMap<>();
    new TreeMap<>(config.byName())
        .forEach(
            (name, settings) -> {
              String prefix = "polycert.notice.\"" + name + "\".";
              if (!NAME.matcher(name).matches()) {
                wrong.add(
                    prefix + "kind: a channel's name has 1 to 32 lower-case letters and digits");
              }
              List<String> found =
                  StartupCheck.of(
                      () -> Selection.of(prefix, settings, providers),
                      () -> new Wording(name, prefix, settings),
                      () -> senders.of(name, prefix, settings));
              wrong.addAll(found);
              if (found.isEmpty()) {
                channels.put(
                    name,
                    new Channel(
                        name,
                        settings,
                        Selection.of(prefix, settings, providers),
                        new Wording(name, prefix, settings),
                        senders.of(name, prefix, settings),
                        metrics,
                        clock,
                        sleeper));
              }
            });
  }

  @Override
  public List<String> wrong() {
    return wrong;
  }

  void stop(@Observes @Priority(AFTER_SERVER) ShutdownEvent event) {
    if (!channels.isEmpty()) {
      flush(clock.instant().plus(AT_STOP)).await().atMost(AT_STOP.plusSeconds(1));
    }
  }

  @Override
  public void send(Notice notice) {
    log.send(notice);
    if (server || notice.data().orderId() == null) {
      offer(notice);
    }
  }

  @Override
  public Uni<Void> send(List<Notice> notices, Instant deadline) {
    notices.forEach(this::offer);
    return flush(deadline);
  }

  /** Never fails, so that the step that the notice is about goes on. */
  private void offer(Notice notice) {
    channels.forEach(
        (name, channel) -> {
          try {
            channel.offer(notice);
          } catch (RuntimeException bug) {
            LOG.errorf(bug, "%s: the notice %s could not be taken", name, notice.id());
          }
        });
  }

  @Override
  public Uni<Void> flush(Instant deadline) {
    return all(channels.values(), channel -> channel.flush(deadline).replaceWith(true))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Tried>> test(Collection<String> names, Instant deadline) {
    return all(
        names.stream().map(name -> Objects.requireNonNull(channels.get(name))).toList(),
        channel -> channel.test(deadline));
  }

  private static <T> Uni<List<T>> all(
      Collection<Channel> channels, Function<Channel, Uni<T>> work) {
    return channels.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Uni.join().all(channels.stream().map(work).toList()).andFailFast();
  }

  @Override
  public List<String> names() {
    return List.copyOf(channels.keySet());
  }

  @Override
  public List<String> failing() {
    return channels.entrySet().stream()
        .filter(it -> it.getValue().failing())
        .map(Map.Entry::getKey)
        .toList();
  }
}
