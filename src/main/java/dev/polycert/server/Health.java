package dev.polycert.server;

import dev.polycert.order.Catalog;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.OrderBook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Whether the process can do its work: its order book takes records, its sweep is not behind, and
 * no provider lacks only the vault's key. Whether the last notices arrived, and whether all DNS
 * writers have their keys, is shown beside that.
 */
@ApplicationScoped
public class Health {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The longest sweep, and a few failures with their pauses. */
  private static final Duration BEHIND = Duration.ofMinutes(5);

  /** A record costs a wait for the disk, or money. */
  private static final Duration BETWEEN_RECORDS = Duration.ofSeconds(10);

  private static final String VAULT_KEY = "POLYCERT_VAULT_KEY";
  private static final String NOTICES = "notices";
  private static final String WRITERS = "dnsWriters";
  private static final Set<String> ONLY_SHOWN = Set.of(NOTICES, WRITERS);
  private static final String OK = "ok";

  private final OrderBook book;
  private final Catalog catalog;
  private final NoticeChannels channels;
  private final ServerConfig config;
  private final Clock clock;
  private final Uni<Map<String, String>> checks;
  private final Uni<String> recorded;
  private volatile Instant swept;

  Health(
      OrderBook book, Catalog catalog, NoticeChannels channels, ServerConfig config, Clock clock) {
    this.book = book;
    this.catalog = catalog;
    this.channels = channels;
    this.config = config;
    this.clock = clock;
    this.swept = clock.instant();
    this.recorded =
        Uni.createFrom().deferred(this::record).memoize().forFixedDuration(BETWEEN_RECORDS);
    // Callers need no key, so however many they are, the order book is asked once a second.
    this.checks =
        Uni.createFrom().deferred(this::look).memoize().forFixedDuration(Duration.ofSeconds(1));
  }

  /** Notes that a sweep has ended well. */
  void swept() {
    swept = clock.instant();
  }

  /** Each check with {@code ok} or what is wrong. */
  Uni<Map<String, String>> checks() {
    return checks;
  }

  private Uni<Map<String, String>> look() {
    return judged(() -> book.due(Instant.EPOCH, 1))
        .flatMap(read -> read.equals(OK) ? recorded : Uni.createFrom().item(read))
        .map(
            answer ->
                new TreeMap<>(
                    Map.of(
                        "orderBook",
                        answer,
                        "sweep",
                        sweep(),
                        "vaultKey",
                        vaultKey(),
                        WRITERS,
                        writers(),
                        NOTICES,
                        notices())));
  }

  /**
   * Reading is not enough: a disk that is full, or a server that only reads, still answers. The
   * next turn begins at once, so that each is a record.
   */
  private Uni<String> record() {
    Instant now = clock.instant();
    return judged(() -> book.turn(OrderBook.TRIAL, now, now));
  }

  private static Uni<String> judged(Supplier<Uni<?>> question) {
    return Uni.createFrom()
        .deferred(() -> question.get().replaceWith(OK))
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem("does not answer")
        .onFailure()
        .recoverWithItem("fails");
  }

  /**
   * A channel that fails, and a DNS writer without its key, are shown, but are no reason to send
   * requests elsewhere.
   */
  static boolean ready(Map<String, String> checks) {
    return checks.entrySet().stream()
        .allMatch(it -> ONLY_SHOWN.contains(it.getKey()) || it.getValue().equals(OK));
  }

  private String writers() {
    return catalog.lacksWriterKeys() ? "key missing" : OK;
  }

  private String sweep() {
    boolean off = !config.renewEvery().isPositive();
    return off || swept.plus(BEHIND).isAfter(clock.instant()) ? OK : "behind";
  }

  private String notices() {
    return channels.failing().isEmpty() ? OK : "failing";
  }

  private String vaultKey() {
    return catalog.lackingOnly(VAULT_KEY) ? "missing" : OK;
  }
}
