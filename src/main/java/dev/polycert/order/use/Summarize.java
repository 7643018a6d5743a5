package dev.polycert.order.use;

import dev.polycert.order.Attention;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts orders, so that a caller need not list them all to see how they are. */
@ApplicationScoped
public class Summarize {
  /** The most orders that one request counts; its counts can be added to those of the next. */
  public static final int MOST = 10_000;

  /** The time before the deadline that is kept for the answer with the counts so far. */
  private static final Duration RESERVE = Duration.ofSeconds(3);

  private final OrderWalk walk;
  private final Clock clock;

  Summarize(OrderBook book, Clock clock) {
    this.walk = new OrderWalk(book, clock);
    this.clock = clock;
  }

  /**
   * The orders of one account.
   *
   * @param states how many are in which state
   */
  public record Account(String provider, String account, Map<OrderState, Integer> states) {

    public Account {
      states = Map.copyOf(states);
    }
  }

  /**
   * The counts.
   *
   * @param orders how many orders were counted
   * @param next the cursor to go on counting from; null when all were counted
   * @param accounts by provider and account
   * @param attention how many orders need a person, by reason; a generation that another one has
   *     followed does not count
   */
  public record Counts(
      int orders,
      @Nullable String next,
      List<Account> accounts,
      Map<Attention, Integer> attention) {

    public Counts {
      accounts = List.copyOf(accounts);
      attention = Map.copyOf(attention);
    }
  }

  /**
   * Counts the orders that match a filter.
   *
   * @param caller the caller, for which only its own orders are counted
   * @param cursor where the counts before ended; null for the first order
   * @throws IllegalArgumentException as the failure, when the text is no cursor
   */
  public Uni<Counts> count(
      Principal caller, OrderFilter filter, @Nullable String cursor, Instant deadline) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Tally tally = new Tally(clock.instant());
              return walk.walk(caller, filter, cursor, MOST, deadline.minus(RESERVE), tally::add)
                  .map(end -> tally.counts(end.next()));
            });
  }

  /** Counts orders in the order of their creation, so that a generation comes after the former. */
  private static final class Tally {
    private final Instant now;
    private final Map<String, Map<String, Map<OrderState, Integer>>> states = new TreeMap<>();
    private final Map<String, Needs> series = new HashMap<>();
    private int orders;

    Tally(Instant now) {
      this.now = now;
    }

    /**
     * Why the generations of a series need a person; null when they need none.
     *
     * @param issued the reason of the last issued generation
     * @param last the reason of the last generation, unless that is issued
     */
    private record Needs(@Nullable Attention issued, @Nullable Attention last) {}

    void add(Order order) {
      orders++;
      states
          .computeIfAbsent(order.provider(), provider -> new TreeMap<>())
          .computeIfAbsent(order.account(), account -> new EnumMap<>(OrderState.class))
          .merge(order.state(), 1, Integer::sum);
      Attention need = Attention.of(order, now).orElse(null);
      series.merge(
          String.join("\n", order.domain().ascii(), order.provider(), order.series()),
          order.state() == OrderState.ISSUED ? new Needs(need, null) : new Needs(null, need),
          (before, with) ->
              order.state() == OrderState.ISSUED ? with : new Needs(before.issued, with.last));
    }

    Counts counts(@Nullable String next) {
      List<Account> accounts = new ArrayList<>();
      states.forEach(
          (provider, byAccount) ->
              byAccount.forEach(
                  (account, counts) -> accounts.add(new Account(provider, account, counts))));
      Map<Attention, Integer> attention = new EnumMap<>(Attention.class);
      series.values().forEach(needs -> count(needs, attention));
      return new Counts(orders, next, accounts, attention);
    }

    private static void count(Needs needs, Map<Attention, Integer> attention) {
      // Where the renewal needs a person, that says it all.
      if (needs.issued != null && (needs.issued != Attention.EXPIRING || needs.last == null)) {
        attention.merge(needs.issued, 1, Integer::sum);
      }
      if (needs.last != null) {
        attention.merge(needs.last, 1, Integer::sum);
      }
    }
  }
}
