package dev.polycert.store;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cursor;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.KeyRecord;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Upkeep;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order book that forgets all when its process ends, for tests of so many orders that a file
 * would take most of their time. It keeps what every book promises, by the same tests.
 */
public final class MemoryOrderBook implements OrderBook {
  private final BroadcastProcessor<WakeUp> wakeUps = BroadcastProcessor.create();

  @Override
  public Multi<WakeUp> wakeUps() {
    return wakeUps;
  }

  /** Tells that there is work. */
  public void wake() {
    wakeUps.onNext(new WakeUp());
  }

  /** Orders by a time, and then by their ids. */
  private record At(Instant time, String id) implements Comparable<At> {
    private static final Comparator<At> ORDER =
        Comparator.comparing(At::time).thenComparing(At::id);

    @Override
    public int compareTo(At other) {
      return ORDER.compare(this, other);
    }
  }

  private record Line(String provider, String series, DomainName domain) {
    static Line of(Order order) {
      return new Line(order.provider(), order.series(), order.domain());
    }
  }

  private final Map<OrderId, Order> orders = new HashMap<>();
  private final Map<OrderId, List<HistoryEntry>> histories = new HashMap<>();
  private final Map<DomainName, Map<Line, TreeMap<Integer, OrderId>>> generations = new HashMap<>();
  private final TreeMap<At, OrderId> creations = new TreeMap<>();
  private final TreeMap<At, OrderId> due = new TreeMap<>();
  private final Map<String, OrderId> reservations = new HashMap<>();
  private final Map<String, Instant> turns = new HashMap<>();
  private final Map<String, KeyRecord> keys = new HashMap<>();

  @Override
  public Uni<Claim> claim(Order order, String why) {
    return run(
        () -> {
          Order there = orders.get(order.id());
          if (there != null) {
            return new Claim(there, false);
          }
          put(order, null, why, null);
          generations
              .computeIfAbsent(order.domain(), domain -> new HashMap<>())
              .computeIfAbsent(Line.of(order), line -> new TreeMap<>())
              .put(order.generation(), order.id());
          creations.put(new At(order.createdAt(), order.id().value()), order.id());
          return new Claim(order, true);
        });
  }

  @Override
  public Uni<Order> transition(Order next, String why, @Nullable String requestId) {
    return run(
        () -> {
          Order before = orders.get(next.id());
          if (before == null || before.version() != next.version() - 1) {
            throw new StaleOrderException(next.id());
          }
          dueAt(before).ifPresent(due::remove);
          put(next, before.state(), why, requestId);
          return next;
        });
  }

  private void put(Order order, @Nullable OrderState from, String why, @Nullable String requestId) {
    orders.put(order.id(), order);
    histories
        .computeIfAbsent(order.id(), id -> new ArrayList<>())
        .add(
            new HistoryEntry(
                order.version(),
                order.updatedAt(),
                from,
                order.state(),
                why,
                requestId,
                order.revision().by()));
    dueAt(order).ifPresent(at -> due.put(at, order.id()));
  }

  private static Optional<At> dueAt(Order order) {
    return Stream.of(order.nextStepAt(), order.deadline(), Upkeep.look(order).orElse(null))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(at -> new At(at, order.id().value()));
  }

  @Override
  public Uni<Optional<Order>> find(OrderId id) {
    return run(() -> Optional.ofNullable(orders.get(id)));
  }

  @Override
  public Uni<Optional<Order>> latest(String provider, String series, DomainName domain) {
    return run(
        () ->
            Optional.ofNullable(
                    generations
                        .getOrDefault(domain, Map.of())
                        .get(new Line(provider, series, domain)))
                .map(line -> orders.get(line.lastEntry().getValue())));
  }

  @Override
  public Uni<List<Order>> latest(DomainName domain) {
    return run(
        () ->
            generations.getOrDefault(domain, Map.of()).values().stream()
                .map(line -> orders.get(line.lastEntry().getValue()))
                .sorted(Comparator.comparing(Order::provider).thenComparing(Order::series))
                .toList());
  }

  @Override
  public Uni<List<HistoryEntry>> history(OrderId id) {
    return run(() -> List.copyOf(histories.getOrDefault(id, List.of())));
  }

  @Override
  public Uni<Page> list(OrderFilter filter, @Nullable String cursor, int limit) {
    return run(
        () -> {
          requireOne(limit);
          Optional<At> after =
              Optional.ofNullable(cursor)
                  .map(Cursor::parse)
                  .map(place -> new At(place.createdAt(), place.id().value()));
          List<Order> found =
              after.map(at -> creations.tailMap(at, false)).orElse(creations).values().stream()
                  .map(orders::get)
                  .filter(filter::matches)
                  .limit(limit + 1L)
                  .toList();
          return found.size() <= limit
              ? new Page(found, null)
              : new Page(
                  List.copyOf(found.subList(0, limit)), Cursor.of(found.get(limit - 1)).text());
        });
  }

  @Override
  public Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit) {
    return run(
        () -> {
          requireOne(limit);
          return due.entrySet().stream()
              .takeWhile(entry -> !entry.getKey().time().isAfter(now))
              .filter(entry -> !known.contains(entry.getValue()))
              .limit(limit)
              .map(entry -> orders.get(entry.getValue()))
              .toList();
        });
  }

  @Override
  public Uni<Boolean> lease(Order order, Instant now, Instant until) {
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<Void> put(KeyRecord key) {
    return run(() -> keys.put(place(key.getClass(), key.id()), key)).replaceWithVoid();
  }

  @Override
  public <K extends KeyRecord> Uni<Optional<K>> key(Class<K> kind, String id) {
    return run(() -> Optional.ofNullable(kind.cast(keys.get(place(kind, id)))));
  }

  @Override
  public <K extends KeyRecord> Uni<List<K>> keys(Class<K> kind) {
    return run(
        () ->
            keys.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .sorted(Comparator.comparing(KeyRecord::createdAt))
                .toList());
  }

  private static String place(Class<? extends KeyRecord> kind, String id) {
    return kind.getSimpleName() + " " + id;
  }

  @Override
  public Uni<Boolean> turn(String work, Instant now, Instant until) {
    return run(
        () -> {
          Instant next = turns.get(work);
          boolean free = next == null || !next.isAfter(now);
          if (free) {
            turns.put(work, until);
          }
          return free;
        });
  }

  @Override
  public Uni<Boolean> reserve(String resource, OrderId owner) {
    return run(
        () -> {
          OrderId holder = reservations.get(resource);
          Order holding = holder == null ? null : orders.get(holder);
          if (holder == null || (holding != null && holding.state().ended())) {
            reservations.put(resource, owner);
            return true;
          }
          return holder.equals(owner);
        });
  }

  private static void requireOne(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + "; it must be at least 1");
    }
  }

  private <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (this) {
                return work.get();
              }
            });
  }
}
