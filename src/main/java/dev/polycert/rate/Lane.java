package dev.polycert.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The callers of one key, in the order in which they asked. Knows nothing of threads and timers.
 *
 * <p>A grant is spaced from the grant before it as that really happened, and not from a schedule
 * made in advance: after a pause of the process (garbage collection, a frozen Lambda) a schedule
 * would let everybody go at once whose time has passed.
 */
final class Lane {
  /**
   * How much wider than needed the grants are spaced. Vendors count when calls arrive: with a limit
   * of N a second and this margin, a call may be 50 ms longer on its way than the one N calls later
   * before both fall into the same second.
   */
  private static final double MARGIN = 1.05;

  /**
   * How long an idle lane is kept, so that a limit lowered meanwhile still counts its last grant.
   */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Queue<Waiter> waiting = new ArrayDeque<>();
  private final Allowance allowance = new Allowance();
  private Instant last = Instant.MIN;
  private Duration lastSpacing = Duration.ZERO;

  /**
   * Somebody who asked for a token.
   *
   * @param spacing the least time since the grant before, while the vendor grants the full limit
   * @param answer gets what {@link TokenBucket#take} promises
   */
  record Waiter(Duration spacing, Instant deadline, Consumer<Optional<Instant>> answer) {

    static Waiter of(double perSecond, Instant deadline, Consumer<Optional<Instant>> answer) {
      Duration spacing = Duration.ofNanos((long) Math.ceil(MARGIN * 1e9 / perSecond));
      return new Waiter(spacing, deadline, answer);
    }
  }

  /** Lines up, unless the token would come too late; then the answer is returned. */
  List<Runnable> enter(Waiter waiter, Instant now) {
    heed(now);
    Instant expected = expected(waiter, now);
    if (expected.isAfter(waiter.deadline)) {
      return List.of(() -> waiter.answer.accept(Optional.of(expected)));
    }
    waiting.add(waiter);
    return waiting.size() == 1 ? advance(now) : List.of();
  }

  /** Goes slower from now on, also for those who wait already. */
  void refused(Instant now) {
    allowance.cut(now);
  }

  /** Grants and refuses whatever the time allows; the answers are for the caller to give. */
  List<Runnable> advance(Instant now) {
    heed(now);
    List<Runnable> answers = new ArrayList<>();
    for (Waiter head = waiting.peek(); head != null; head = waiting.peek()) {
      Waiter served = head;
      Instant ready = ready(served, now);
      if (now.isAfter(served.deadline)) {
        answers.add(() -> served.answer.accept(Optional.of(ready)));
      } else if (!ready.isAfter(now)) {
        last = now;
        lastSpacing = spacing(served, now);
        answers.add(() -> served.answer.accept(Optional.empty()));
      } else {
        break;
      }
      waiting.remove();
    }
    return answers;
  }

  /** How long to wait before the next {@link #advance}; empty when nobody waits. */
  Optional<Duration> pause(Instant now) {
    return Optional.ofNullable(waiting.peek()).map(head -> Duration.between(now, ready(head, now)));
  }

  /** Whether forgetting the lane makes no difference any more. */
  boolean idle(Instant now) {
    return waiting.isEmpty()
        && last.plus(lastSpacing).plus(KEPT).isBefore(now)
        && allowance.forgettable(now);
  }

  private Instant expected(Waiter newcomer, Instant now) {
    return ready(newcomer, now).plus(spacing(newcomer, now).multipliedBy(waiting.size()));
  }

  private Instant ready(Waiter head, Instant now) {
    Instant spaced = last.plus(spacing(head, now));
    return spaced.isAfter(now) ? spaced : now;
  }

  private Duration spacing(Waiter waiter, Instant now) {
    return allowance.widened(waiter.spacing, now);
  }

  /** A clock that was set back must not hold everybody up until it is where it was. */
  private void heed(Instant now) {
    if (last.isAfter(now)) {
      last = now;
    }
  }
}
