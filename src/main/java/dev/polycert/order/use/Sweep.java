package dev.polycert.order.use;

import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.Upkeep;
import dev.polycert.order.Validity;
import dev.polycert.order.step.Renewer;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One sweep: it brings due orders to the lanes of their providers for as long as it may begin
 * steps. A lane that has enough gets no more, so that its backlog keeps no other one waiting; of
 * that backlog only ids are kept.
 */
final class Sweep {
  /** Orders read in one go. */
  private static final int CHUNK = 500;

  /** Steps of this sweep that wait in one lane. */
  private static final int ENOUGH = 100;

  /** Ids that may be put aside, over all lanes. */
  private static final int MAX_ASIDE = 50_000;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  private final OrderBook book;
  private final Renewer renewer;
  private final Lanes lanes;
  private final FanOut fanOut;
  private final Clock clock;
  private final Instant lastBegin;
  private final Instant deadline;

  /** What this sweep has met. */
  private final Set<OrderId> met = new HashSet<>();

  /** The due orders that wait outside of their lane, by lane. */
  private final Map<String, Deque<OrderId>> aside = new HashMap<>();

  /** Orders that were looked at and have another step due. */
  private final Queue<Order> looked = new ConcurrentLinkedQueue<>();

  /** Their places among the results. */
  private final Map<OrderId, Integer> places = new ConcurrentHashMap<>();

  private int asideCount;
  private Duration pause = SHORTEST_PAUSE;

  /** By the order in which they were due. */
  private final Map<Integer, Order> results = new ConcurrentHashMap<>();

  private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();
  private int begun;

  /** Completes when nothing is under way. */
  private volatile CompletableFuture<Void> idle = new CompletableFuture<>();

  Sweep(
      OrderBook book,
      Renewer renewer,
      Lanes lanes,
      FanOut fanOut,
      Clock clock,
      Instant lastBegin,
      Instant deadline) {
    this.book = book;
    this.renewer = renewer;
    this.lanes = lanes;
    this.fanOut = fanOut;
    this.clock = clock;
    this.lastBegin = lastBegin;
    this.deadline = deadline;
  }

  Uni<List<Order>> run() {
    return Uni.createFrom()
        .deferred(this::round)
        .repeat()
        .until(done -> done)
        .onItem()
        .ignoreAsUni()
        .map(
            done ->
                results.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList());
  }

  /** Brings what is due, or waits where there is nothing; whether all is done. */
  private Uni<Boolean> round() {
    return more()
        .flatMap(
            found -> {
              if (found) {
                pause = SHORTEST_PAUSE;
                return Uni.createFrom().item(false);
              }
              if (over()) {
                lanes.release(this);
              }
              // In that order: what ends is among the looked before it is under way no more.
              if (underWay.isEmpty() && ((looked.isEmpty() && asideCount == 0) || over())) {
                return Uni.createFrom().item(true);
              }
              Duration now = pause;
              Duration next = pause.multipliedBy(2);
              pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
              return idle(now).replaceWith(false);
            });
  }

  /** Waits until all that was begun is done, or for a while. */
  private Uni<Void> idle(Duration longest) {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    idle = waiting;
    if (underWay.isEmpty()) {
      waiting.complete(null);
    }
    Uni<Void> timer = Uni.createFrom().voidItem().onItem().delayIt().by(longest);
    return Uni.combine().any().of(Uni.createFrom().completionStage(waiting), timer);
  }

  private boolean over() {
    return !clock.instant().isBefore(lastBegin);
  }

  /** Brings a chunk to the lanes; whether there was any. */
  private Uni<Boolean> more() {
    if (over()) {
      return Uni.createFrom().item(false);
    }
    boolean again = fromLooked();
    return fromAside()
        .map(brought -> brought || again)
        .flatMap(
            brought ->
                asideCount >= MAX_ASIDE
                    ? Uni.createFrom().item(brought)
                    : fromBook().map(found -> found || brought));
  }

  private Uni<Boolean> fromBook() {
    Set<OrderId> known = new HashSet<>(met);
    known.addAll(lanes.held());
    return book.due(clock.instant(), Collections.unmodifiableSet(known), CHUNK)
        .map(
            orders -> {
              orders.forEach(this::bring);
              return !orders.isEmpty();
            });
  }

  /** Brings to its provider's lane what is due there after a look. */
  private boolean fromLooked() {
    boolean any = false;
    for (Order order = looked.poll(); order != null; order = looked.poll()) {
      bring(order);
      any = true;
    }
    return any;
  }

  private void bring(Order order) {
    met.add(order.id());
    if (lanes.waiting(lane(order), this) < ENOUGH) {
      begin(order);
    } else {
      aside.computeIfAbsent(lane(order), added -> new ArrayDeque<>()).add(order.id());
      asideCount++;
    }
  }

  /** Fills the lanes that have room again. */
  private Uni<Boolean> fromAside() {
    List<OrderId> next = new ArrayList<>();
    aside.forEach(
        (lane, ids) -> {
          for (int room = ENOUGH - lanes.waiting(lane, this);
              room > ENOUGH / 2 && !ids.isEmpty() && next.size() < CHUNK;
              room--) {
            next.add(ids.remove());
            asideCount--;
          }
        });
    return next.isEmpty()
        ? Uni.createFrom().item(false)
        : Uni.join()
            .all(next.stream().map(book::find).toList())
            .andFailFast()
            .map(
                found -> {
                  found.stream().flatMap(Optional::stream).forEach(this::begin);
                  return true;
                });
  }

  private void begin(Order order) {
    Integer before = places.remove(order.id());
    int place = before == null ? begun++ : before;
    underWay.add(place);
    fanOut
        .one(order, lane(order), urgency(order), this, this::step, Order::withError)
        .subscribe()
        .with(after -> ended(place, order, after), unreported -> ended(place, order, order));
  }

  private void ended(int place, Order before, Order after) {
    results.put(place, after);
    if (isLookAlone(before, after)) {
      places.put(after.id(), place);
      looked.add(after);
    }
    underWay.remove(place);
    if (underWay.isEmpty()) {
      idle.complete(null);
    }
  }

  /** Whether a step was a look at what is served, and the order's own step is due still. */
  private boolean isLookAlone(Order before, Order after) {
    Instant next = after.nextStepAt();
    return after.id().equals(before.id())
        && after.version() > before.version()
        && !Objects.equals(after.issuance().served(), before.issuance().served())
        && Objects.equals(next, before.nextStepAt())
        && next != null
        && !clock.instant().isBefore(next);
  }

  /** Without time left nothing is recorded, so that the order is due at the next sweep as well. */
  private Uni<Order> step(Order order, Urgency urgency) {
    if (over()) {
      return Uni.createFrom().item(order);
    }
    if (!order.state().open()) {
      return renewer.advance(order, deadline, urgency);
    }
    return book.lease(order, clock.instant(), deadline)
        .flatMap(
            taken ->
                taken ? renewer.advance(order, deadline, urgency) : Uni.createFrom().item(order));
  }

  private String lane(Order order) {
    Instant now = clock.instant();
    return Upkeep.lookDue(order, now) && !Upkeep.due(order, now) ? Lanes.LOOKS : order.provider();
  }

  private Urgency urgency(Order order) {
    return switch (order.state()) {
      case ISSUED ->
          Validity.of(order).filter(it -> it.worrying(clock.instant())).isPresent()
              ? Urgency.EXPIRING
              : Urgency.BULK;
      case REQUESTED -> order.renewalOf() == null ? Urgency.BULK : Urgency.SMALL;
      case PENDING_INFORMATION -> Urgency.POLL;
      case PENDING_VALIDATION -> order.own().selfPublished() ? Urgency.BULK : Urgency.POLL;
      case APPLYING -> order.intent() == null ? Urgency.POLL : Urgency.BULK;
      case UNCERTAIN, EXPIRED, REVOKED, FAILED, CANCELLED -> Urgency.BULK;
    };
  }
}
