package dev.polycert.vendor.nameserver;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Values;
import dev.polycert.vault.VaultStore;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records of all zones: in memory, where every question finds them, and beside the orders, so
 * that they are there after a restart too. They are public, and so are not sealed.
 */
final class ZoneRecords {
  private static final String KEPT = "name-server/records";
  private static final int MOST = 50_000;
  private static final Duration READ_WITHIN = Duration.ofSeconds(20);

  private final VaultStore store;

  /**
   * By lower-case name with its labels in reverse, so that those below a name follow it; replaced
   * as a whole.
   */
  private volatile NavigableMap<String, List<DnsRecord>> byName = new TreeMap<>();

  /** The previous change, finished or not: changes are made one after the other. */
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  private final Uni<Void> load;
  private volatile boolean loadFailed;

  ZoneRecords(VaultStore store) {
    this.store = store;
    this.load = Uni.createFrom().deferred(this::read).memoize().until(() -> loadFailed);
  }

  /**
   * Reads what was kept, once; a reading that failed is tried again with the next call. Before it
   * has ended nothing may be changed: the records that are not read yet would be lost.
   */
  Uni<Void> load() {
    return load;
  }

  private Uni<Void> read() {
    loadFailed = false;
    return store
        .get(KEPT)
        .ifNoItem()
        .after(READ_WITHIN)
        .fail()
        .invoke(kept -> kept.ifPresent(bytes -> byName = byName(parse(bytes))))
        .onFailure()
        .invoke(failure -> loadFailed = true)
        .replaceWithVoid();
  }

  /** The records of a name. */
  List<DnsRecord> at(String name) {
    return byName.getOrDefault(reversed(name), List.of());
  }

  /** Whether there are records below a name, so that it exists as well (RFC 8020). */
  boolean anyBelow(String name) {
    String start = reversed(name) + ".";
    String next = byName.ceilingKey(start);
    return next != null && next.startsWith(start);
  }

  boolean holds(DnsRecord record) {
    return at(record.name()).stream().anyMatch(held -> same(held, record));
  }

  /** Adds a record beside the others; it is answered with once it is kept. */
  Uni<Void> add(DnsRecord record) {
    return change(
        all -> holds(record) ? all : Stream.concat(all.stream(), Stream.of(record)).toList());
  }

  Uni<Void> remove(DnsRecord record) {
    return change(all -> all.stream().filter(held -> !same(held, record)).toList());
  }

  private static boolean same(DnsRecord one, DnsRecord other) {
    return one.name().equals(other.name())
        && one.type().equals(other.type())
        && Values.same(one.value(), other);
  }

  private Uni<Void> change(UnaryOperator<List<DnsRecord>> how) {
    return Uni.createFrom()
        .deferred(
            () -> {
              CompletableFuture<Void> mine = new CompletableFuture<>();
              CompletableFuture<Void> before;
              synchronized (this) {
                before = last;
                last = mine;
              }
              return Uni.createFrom()
                  .completionStage(before.copy())
                  .flatMap(turn -> load)
                  .flatMap(loaded -> changed(how))
                  .onTermination()
                  .invoke(
                      () -> {
                        var unused = before.whenComplete((done, failed) -> mine.complete(null));
                      });
            });
  }

  private Uni<Void> changed(UnaryOperator<List<DnsRecord>> how) {
    List<DnsRecord> now = byName.values().stream().flatMap(List::stream).toList();
    List<DnsRecord> next = how.apply(now);
    if (next.size() > MOST) {
      return Uni.createFrom().failure(new IllegalStateException("more than " + MOST + " records"));
    }
    return next.equals(now)
        ? Uni.createFrom().voidItem()
        : store.put(KEPT, text(next)).invoke(() -> byName = byName(next));
  }

  private static NavigableMap<String, List<DnsRecord>> byName(List<DnsRecord> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                record -> reversed(record.name()), TreeMap::new, Collectors.toList()));
  }

  private static String reversed(String name) {
    return String.join(".", List.of(name.split("\\.", -1)).reversed());
  }

  // --- one line a record: the name, the type and the value in base64 ---

  private static byte[] text(List<DnsRecord> records) {
    return records.stream()
        .map(
            record ->
                record.name()
                    + " "
                    + record.type()
                    + " "
                    + Base64.getEncoder()
                        .encodeToString(record.value().getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<DnsRecord> parse(byte[] kept) {
    Map<String, DnsRecord> records = new LinkedHashMap<>();
    for (String line : new String(kept, StandardCharsets.UTF_8).split("\n")) {
      String[] parts = line.split(" ", 3);
      if (parts.length == 3) {
        String value = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        records.put(line, new DnsRecord(parts[0], parts[1], value));
      }
    }
    return new ArrayList<>(records.values());
  }
}
