package dev.polycert.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The callers of one key: the urgent ones first, else in the order in which they asked. Knows
 * nothing of threads and timers.
 *
 * <p>A grant is spaced from the actual time of the grant before it, and not by a schedule made in
 * advance: after a pause of the process (garbage collection, a frozen Lambda) a schedule would
 * release all callers at once whose time has passed. Only the lateness of a timer is made up for by
 * the next grant; otherwise late timers would waste a part of the limit.
 */
final class Lane {
  /**
   * How much wider than needed the grants are spaced. Vendors count when calls arrive: with a limit
   * of N a second and this margin, a call may be 35 ms longer on its way than the one N calls later
   * before both fall into the same second.
   */
  private static final double MARGIN = 1.035;

  /** The margin for the first second after an idle time, because a first call opens connections. */
  private static final double FIRST_MARGIN = 1.2;

  private static final Duration FIRST = Duration.ofSeconds(1);

  /** After this time without calls their connections are likely to be closed. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** How late timers fire on a machine that is busy, but not stalled. */
  private static final Duration LATENESS = Duration.ofMillis(5);

  /**
   * How long an idle lane is kept, because a limit that is lowered meanwhile counts from its last
   * grant.
   */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final WaitingList<Waiter> waiting = new WaitingList<>(Waiter::urgency);
  private final Allowance allowance = new Allowance();
  private Instant last = Instant.MIN;
  private Duration lastSpacing = Duration.ZERO;

  /** The first grant after an idle time. */
  private Instant busySince = Instant.MIN;

  /**
   * A caller that waits for a token.
   *
   * @param answer takes the result of {@link TokenBucket#take}
   */
  record Waiter(
      double perSecond, Instant deadline, Urgency urgency, Consumer<Optional<Instant>> answer) {}

  /**
   * Adds a waiter, unless its token would come too late; returns the answers that the caller of
   * this method must send.
   */
  List<Runnable> enter(Waiter waiter, Instant now) {
    followClock(now);
    Instant expected = expected(waiter, now);
    if (expected.isAfter(waiter.deadline)) {
      return List.of(() -> waiter.answer.accept(Optional.of(expected)));
    }
    boolean first = waiting.place(waiter) == 0;
    waiting.add(waiter);
    return first ? advance(now) : List.of();
  }

  /**
   * Reports a refusal. If it is one of several, the callers that wait already are slowed down too.
   */
  void refused(Instant now) {
    allowance.refused(now);
  }

  /**
   * Grants the tokens that are due and refuses those that come too late; returns the answers that
   * the caller must give.
   */
  List<Runnable> advance(Instant now) {
    followClock(now);
    List<Runnable> answers = new ArrayList<>();
    boolean granting = true;
    for (Iterator<Waiter> inTurn = waiting.iterator(); inTurn.hasNext(); ) {
      Waiter next = inTurn.next();
      Instant ready = ready(next, now);
      if (now.isAfter(next.deadline)) {
        answers.add(() -> next.answer.accept(Optional.of(ready)));
        inTurn.remove();
      } else if (granting && !ready.isAfter(now)) {
        granted(next, now);
        answers.add(() -> next.answer.accept(Optional.empty()));
        inTurn.remove();
      } else {
        granting = false;
      }
    }
    return answers;
  }

  /** How long to wait before the next {@link #advance}; empty when no caller waits. */
  Optional<Duration> pause(Instant now) {
    return Optional.ofNullable(waiting.first())
        .map(head -> Duration.between(now, ready(head, now)));
  }

  /** How many callers wait that are at least so urgent. */
  int waiting(Urgency least) {
    return waiting.countTo(least);
  }

  /** Whether the lane can be forgotten without any difference. */
  boolean idle(Instant now) {
    return waiting.isEmpty()
        && last.plus(lastSpacing).plus(KEPT).isBefore(now)
        && allowance.forgettable(now);
  }

  private Instant expected(Waiter newcomer, Instant now) {
    int before = waiting.place(newcomer);
    return ready(newcomer, now).plus(spacing(newcomer, MARGIN, now).multipliedBy(before));
  }

  private Instant ready(Waiter head, Instant now) {
    Instant spaced = last.plus(spacing(head, now));
    return spaced.isAfter(now) ? spaced : now;
  }

  /** A grant that is a little late counts as in time for the one after it. */
  private void granted(Waiter served, Instant now) {
    allowance.granted();
    lastSpacing = spacing(served, now);
    Instant due = last.plus(lastSpacing);
    if (due.plus(IDLE).isBefore(now)) {
      busySince = now;
    }
    last = due.plus(LATENESS).isBefore(now) ? now : due;
  }

  /** The least time since the grant before. */
  private Duration spacing(Waiter waiter, Instant now) {
    return spacing(waiter, now.isBefore(busySince.plus(FIRST)) ? FIRST_MARGIN : MARGIN, now);
  }

  private Duration spacing(Waiter waiter, double margin, Instant now) {
    Duration spacing = Duration.ofNanos((long) Math.ceil(margin * 1e9 / waiter.perSecond));
    return allowance.widened(spacing, now);
  }

  /** Without this, a clock that was set back would hold all callers up until it is where it was. */
  private void followClock(Instant now) {
    if (last.isAfter(now)) {
      last = now;
      busySince = now;
    }
  }
}
