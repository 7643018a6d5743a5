package dev.polycert.vendor.nameserver;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Values;
import dev.polycert.vault.VaultStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The records of all zones: in memory, where every question finds them, and beside the orders, so
 * that they are there after a restart too. They are public, and so are not sealed.
 *
 * <p>They are kept in parts, each with the names of one hash: an item of DynamoDB has room for 400
 * kB ("Quotas in Amazon DynamoDB"), and a change writes its part anew.
 */
final class ZoneRecords {
  private static final String KEPT = "name-server/records/";

  /** What versions without parts kept, all in one. */
  private static final String WHOLE = "name-server/records";

  /** With as many records as there may be, an average part takes a quarter of its room. */
  private static final int PARTS = 64;

  private static final int MOST = 50_000;

  /** The most bytes of a part; the item has a name and a key besides. */
  private static final int ROOM = 390_000;

  /** Readings of parts at the same time. */
  private static final int READINGS = 8;

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
    List<Uni<Optional<byte[]>>> parts =
        IntStream.range(0, PARTS).mapToObj(part -> store.get(KEPT + part)).toList();
    return Uni.join()
        .all(parts)
        .usingConcurrencyOf(READINGS)
        .andFailFast()
        .invoke(
            kept ->
                byName =
                    byName(kept.stream().flatMap(Optional::stream).flatMap(ZoneRecords::parse)))
        .chain(() -> store.get(WHOLE))
        .flatMap(whole -> whole.map(this::divide).orElseGet(() -> Uni.createFrom().voidItem()))
        .ifNoItem()
        .after(READ_WITHIN)
        .fail()
        .onFailure()
        .invoke(failure -> loadFailed = true);
  }

  /** Keeps in parts what was kept in one. */
  private Uni<Void> divide(byte[] whole) {
    Stream<DnsRecord> kept = byName.values().stream().flatMap(List::stream);
    NavigableMap<String, List<DnsRecord>> all =
        byName(Stream.concat(kept, parse(whole)).distinct());
    return Multi.createFrom()
        .iterable(
            all.values().stream().map(held -> part(held.getFirst().name())).distinct().toList())
        .onItem()
        .transformToUniAndConcatenate(part -> store.put(KEPT + part, text(part, all)))
        .collect()
        .last()
        .chain(() -> store.remove(WHOLE))
        .invoke(() -> byName = all);
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

  /**
   * Adds a record beside the others; questions are answered with it once it is stored.
   *
   * @return fails with a {@link FullException} where there is no room for it
   */
  Uni<Void> add(DnsRecord record) {
    return change(
        record.name(),
        held -> holds(record) ? held : Stream.concat(held.stream(), Stream.of(record)).toList());
  }

  Uni<Void> remove(DnsRecord record) {
    return change(record.name(), held -> held.stream().filter(one -> !same(one, record)).toList());
  }

  private static boolean same(DnsRecord one, DnsRecord other) {
    return one.name().equals(other.name())
        && one.type().equals(other.type())
        && Values.same(one.value(), other);
  }

  /** Changes the records of a name. */
  private Uni<Void> change(String name, UnaryOperator<List<DnsRecord>> how) {
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
                  .flatMap(loaded -> changed(name, how))
                  .onTermination()
                  .invoke(
                      () -> {
                        var unused = before.whenComplete((done, failed) -> mine.complete(null));
                      });
            });
  }

  private Uni<Void> changed(String name, UnaryOperator<List<DnsRecord>> how) {
    List<DnsRecord> now = at(name);
    List<DnsRecord> next = how.apply(now);
    if (next.equals(now)) {
      return Uni.createFrom().voidItem();
    }
    NavigableMap<String, List<DnsRecord>> all = new TreeMap<>(byName);
    if (next.isEmpty()) {
      all.remove(reversed(name));
    } else {
      all.put(reversed(name), next);
    }
    return keep(part(name), all).invoke(() -> byName = all);
  }

  private Uni<Void> keep(int part, NavigableMap<String, List<DnsRecord>> all) {
    byte[] text = text(part, all);
    if (text.length == 0) {
      return store.remove(KEPT + part);
    }
    boolean more = count(all) > count(byName);
    if (more && count(all) > MOST) {
      return Uni.createFrom()
          .failure(new FullException("it has %d records, and takes no more".formatted(MOST)));
    }
    if (more && text.length > ROOM) {
      return Uni.createFrom()
          .failure(
              new FullException(
                  "the records beside this one take all of the %d bytes that there are for them"
                      .formatted(ROOM)));
    }
    return store.put(KEPT + part, text);
  }

  private static byte[] text(int part, NavigableMap<String, List<DnsRecord>> all) {
    return all.values().stream()
        .flatMap(List::stream)
        .filter(record -> part(record.name()) == part)
        .map(ZoneRecords::line)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static int count(NavigableMap<String, List<DnsRecord>> all) {
    return all.values().stream().mapToInt(List::size).sum();
  }

  /** The same in every process: the hash of a text is defined. */
  private static int part(String name) {
    return Math.floorMod(name.hashCode(), PARTS);
  }

  /** There is no room for another record. */
  static final class FullException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    FullException(String message) {
      super(message);
    }
  }

  private static NavigableMap<String, List<DnsRecord>> byName(Stream<DnsRecord> records) {
    return records.collect(
        Collectors.groupingBy(
            record -> reversed(record.name()), TreeMap::new, Collectors.toList()));
  }

  private static String reversed(String name) {
    return String.join(".", List.of(name.split("\\.", -1)).reversed());
  }

  // --- one line a record: the name, the type and the value in base64 ---

  private static String line(DnsRecord record) {
    return record.name()
        + " "
        + record.type()
        + " "
        + Base64.getEncoder().encodeToString(record.value().getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<DnsRecord> parse(byte[] kept) {
    return new String(kept, StandardCharsets.UTF_8)
        .lines()
        .distinct()
        .map(line -> line.split(" ", 3))
        .filter(parts -> parts.length == 3)
        .map(
            parts ->
                new DnsRecord(
                    parts[0],
                    parts[1],
                    new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8)));
  }
}
