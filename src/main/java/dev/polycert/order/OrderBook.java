package dev.polycert.order;

import dev.polycert.domain.DomainName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store of orders. Whatever it acknowledges survives the death of the process. No method blocks
 * the caller's thread.
 */
public interface OrderBook {

  /**
   * Adds a new order unless one with its id exists. This is one atomic step: of any number of
   * concurrent callers exactly one gets {@code won}. Its first history entry is written with it.
   */
  Uni<Claim> claim(Order order, String why);

  /**
   * The result of a claim.
   *
   * @param order the order as it is in the book now
   * @param won whether this call put it there
   */
  record Claim(Order order, boolean won) {}

  Uni<Optional<Order>> find(OrderId id);

  /**
   * The highest generation of a domain's order at an account.
   *
   * @param series see {@link Identity#series}
   */
  Uni<Optional<Order>> latest(String provider, String series, DomainName domain);

  /** The highest generations of a domain's orders at every provider, account and label. */
  Uni<List<Order>> latest(DomainName domain);

  /**
   * Replaces the order of version {@code next.version() - 1} and appends to its history, as one
   * atomic step.
   *
   * @param requestId the vendor call behind the transition, where there was one
   * @return the order as recorded
   * @throws StaleOrderException as the failure of the Uni, when the book holds another version:
   *     another step moved the order. Read it again; nothing was changed.
   */
  Uni<Order> transition(Order next, String why, @Nullable String requestId);

  /** The history, oldest first; empty for an order that is not there. */
  Uni<List<HistoryEntry>> history(OrderId id);

  /**
   * Lists orders in the order of their creation (then id), which no transition changes: paging
   * through shows every order that was there at the start exactly once.
   *
   * @param cursor where the page before ended; null for the first
   * @param limit at least 1
   */
  Uni<Page> list(OrderFilter filter, @Nullable String cursor, int limit);

  /**
   * One page of a list.
   *
   * @param next the cursor of the page that follows; null when this is the last one
   */
  record Page(List<Order> orders, @Nullable String next) {}

  /** Orders whose next step or deadline has come, the longest overdue first. */
  default Uni<List<Order>> due(Instant now, int limit) {
    return due(now, Set.of(), limit);
  }

  /**
   * As above.
   *
   * @param known orders that are left out
   */
  Uni<List<Order>> due(Instant now, Set<OrderId> known, int limit);

  /**
   * Takes a due order, which is not issued yet, for one sweep: others do not find it due meanwhile.
   * That saves calls; what keeps orders from harm is the version.
   *
   * @param order as it was read
   * @param until when it is due again, should nothing be recorded of it
   * @return whether it is taken; not when another sweep was faster, or the order has moved on
   */
  Uni<Boolean> lease(Order order, Instant now, Instant until);

  /**
   * Emits when this or another process may have made orders due. A book may miss some or all of
   * these events, so callers poll it as well.
   */
  default Multi<WakeUp> wakeUps() {
    return Multi.createFrom().nothing();
  }

  /** Orders may have become due. */
  record WakeUp() {}

  /**
   * Reports a transition that this process has recorded to the other processes that share the book.
   * Returns at once; the report may be lost.
   */
  default void report(Transition recorded) {}

  /**
   * Transitions that other processes have reported; an empty one whenever some may have been lost.
   * The stream is empty when no other process shares the book, or when the book has no way to
   * report.
   */
  default Multi<Optional<Transition>> elsewhere() {
    return Multi.createFrom().nothing();
  }

  /**
   * Reserves something at a vendor that only one order may use up, such as a bought certificate. A
   * reservation ends with its order: once that is {@link OrderState#ended}, another may take it.
   *
   * @return whether {@code owner} has it now, newly or from before
   */
  Uni<Boolean> reserve(String resource, OrderId owner);

  /**
   * The work of a process that finds out whether the book takes records; its turns mean nothing.
   */
  String TRIAL = "trial";

  /**
   * Takes the turn for periodic work that one process does for all that share the book.
   *
   * @param until when the next turn begins, whether or not the work succeeds
   * @return whether it is the caller's turn
   */
  Uni<Boolean> turn(String work, Instant now, Instant until);

  /** Keeps a key, in place of one with the same id. */
  Uni<Void> put(KeyRecord key);

  /** The key of that kind and id, as it is at this moment. */
  <K extends KeyRecord> Uni<Optional<K>> key(Class<K> kind, String id);

  /** All keys of that kind, the first one made first. */
  <K extends KeyRecord> Uni<List<K>> keys(Class<K> kind);

  /** A transition came too late: the order has moved on. */
  final class StaleOrderException extends RuntimeException {
    public StaleOrderException(OrderId id) {
      super(id + " has moved on", null, false, false);
    }
  }
}
