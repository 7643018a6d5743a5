package dev.polycert.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callers of one key in this instance, the urgent ones first, and the slots that the instance
 * has taken for them. Knows nothing of threads and timers. All times are of the {@link SharedTime},
 * except the callers' deadlines.
 */
final class SharedLane {
  /**
   * How much wider than needed slots are spaced. Calls of different instances take different times
   * on their way: with a limit of N a second, a call may arrive 25 ms after its slot, and the call
   * N slots later on time, before both fall into the same second.
   */
  private static final double MARGIN = 1.025;

  /**
   * How late a slot may be used: half of what the margin allows, the rest is for the call's way to
   * the vendor.
   */
  private static final Duration GRACE = Duration.ofNanos(12_500_000);

  /**
   * The time that the slots of one update span: more means fewer writes, but longer turns of each
   * instance.
   */
  private static final Duration BATCH = Duration.ofMillis(300);

  /** How many slots are left when the next are asked for, so that none passes unused meanwhile. */
  private static final int LEFT = 1;

  private static final Duration SHORTEST_LEAD = Duration.ofMillis(25);
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(1);

  /** How long an idle lane is kept, so that it does not have to learn again how busy its key is. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final String key;
  private final SharedTime time;
  private final WaitingList<Waiter> waiting = new WaitingList<>(Waiter::urgency);
  private final Deque<Instant> slots = new ArrayDeque<>();
  private final Allowance allowance = new Allowance();

  /** The next free slot by the last answer. */
  private Instant next = Instant.MIN;

  /** How far ahead of now the first slot must be, so that the answer comes before it. */
  private Duration lead = SHORTEST_LEAD;

  private boolean asking;

  /** The slot that a timer is set for. */
  private @Nullable Instant alarm;

  SharedLane(String key, SharedTime time) {
    this.key = key;
    this.time = time;
  }

  /**
   * A caller that waits for a token.
   *
   * @param deadline by this machine's clock
   * @param answer takes the result of {@link TokenBucket#take}
   * @param failure takes the reason why no slots could be asked for
   */
  record Waiter(
      double perSecond,
      Instant deadline,
      Urgency urgency,
      Consumer<Optional<Instant>> answer,
      Consumer<Throwable> failure) {

    Duration spacing() {
      return Duration.ofNanos((long) Math.ceil(MARGIN * 1e9 / perSecond));
    }
  }

  /**
   * Adds a waiter, unless its token would surely come too late; returns the answers that the caller
   * must give.
   */
  List<Runnable> enter(Waiter waiter, Instant now) {
    int without = waiting.place(waiter) - slots.size();
    if (without >= 0) {
      Instant expected = soonest(now).plus(spacing(waiter, now).multipliedBy(without));
      if (tooLate(waiter, expected)) {
        return List.of(refusal(waiter, expected));
      }
    }
    waiting.add(waiter);
    return List.of();
  }

  /** The first slot that can be taken now, as far as is known here. */
  private Instant soonest(Instant now) {
    return later(next, now.plus(lead));
  }

  private boolean tooLate(Waiter waiter, Instant slot) {
    return waiter.deadline.isBefore(time.local(slot));
  }

  private Runnable refusal(Waiter waiter, Instant slot) {
    Instant local = time.local(slot);
    return () -> waiter.answer.accept(Optional.of(local));
  }

  /**
   * Grants the tokens that are due and refuses those that come too late; returns the answers that
   * the caller must give. A slot that a pause of the process missed is lost: used late, it could be
   * too close to another instance's.
   */
  List<Runnable> advance(Instant now) {
    slots.removeIf(slot -> slot.plus(GRACE).isBefore(now));
    List<Runnable> answers = new ArrayList<>();
    refuse(now, answers);
    while (!waiting.isEmpty() && !slots.isEmpty() && !slots.element().isAfter(now)) {
      slots.remove();
      allowance.granted();
      Waiter served = waiting.removeFirst();
      answers.add(() -> served.answer.accept(Optional.empty()));
    }
    return answers;
  }

  /** Refuses waiters whose slot would be too late; the waiters behind them move up. */
  private void refuse(Instant now, List<Runnable> answers) {
    Deque<Instant> taken = new ArrayDeque<>(slots);
    waiting.removeIf(
        waiter -> {
          if (taken.isEmpty() && asking) {
            return false;
          }
          Instant slot = taken.isEmpty() ? soonest(now) : later(taken.element(), now);
          if (tooLate(waiter, slot)) {
            answers.add(refusal(waiter, slot));
            return true;
          }
          taken.poll();
          return false;
        });
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** The slots to ask for now; empty when none are needed, or an answer is awaited. */
  Optional<Slots.Wish> wish(Instant now) {
    if (asking || slots.size() > LEFT || waiting.size() <= slots.size()) {
      return Optional.empty();
    }
    asking = true;
    Waiter first = waiting.get(slots.size());
    Duration spacing = spacing(first, now);
    int count = Math.min(batch(first, now), waiting.size() - slots.size());
    Instant earliest = now.plus(lead);
    Instant latest = time.shared(first.deadline);
    boolean busy = next.isAfter(earliest);
    return Optional.of(new Slots.Wish(key, count, spacing, now, earliest, latest, busy));
  }

  private Duration spacing(Waiter waiter, Instant now) {
    return allowance.widened(waiter.spacing(), now);
  }

  private int batch(Waiter waiter, Instant now) {
    double perSecond = waiter.perSecond * allowance.share(now);
    return Math.max(1, (int) (perSecond * BATCH.toMillis() / 1000));
  }

  /** Reports a refusal. If it is one of several, the next slots are further apart. */
  void refused(Instant now) {
    allowance.refused(now);
  }

  /** Takes the answer to a wish; the caller must {@link #advance} next. */
  void answered(Slots.Wish wish, Slots.Answer answer) {
    asking = false;
    time.catchUp(answer.writtenAt());
    if (!answer.taken()) {
      next = answer.first();
      return;
    }
    for (int i = 0; i < wish.count(); i++) {
      slots.add(answer.first().plus(wish.spacing().multipliedBy(i)));
    }
    next = answer.first().plus(wish.span());
    learn(answer.first().plus(GRACE).isBefore(time.now()));
  }

  private void learn(boolean late) {
    Duration better = late ? lead.multipliedBy(2) : lead.multipliedBy(9).dividedBy(10);
    lead = Collections.max(List.of(SHORTEST_LEAD, Collections.min(List.of(LONGEST_LEAD, better))));
  }

  /** Fails the waiters without a slot. */
  List<Runnable> failed(Throwable failure) {
    asking = false;
    List<Runnable> answers = new ArrayList<>();
    while (waiting.size() > slots.size()) {
      Waiter last = waiting.removeLast();
      answers.add(() -> last.failure.accept(failure));
    }
    return answers;
  }

  /**
   * How long to wait before the next {@link #advance}; empty when a timer is set, or none is
   * needed.
   */
  Optional<Duration> pause(Instant now) {
    Instant first = waiting.isEmpty() ? null : slots.peek();
    if (first == null || first.equals(alarm)) {
      return Optional.empty();
    }
    alarm = first;
    return Optional.of(Duration.between(now, first));
  }

  /** Reports that the timer has fired, early or not. */
  void woken() {
    alarm = null;
  }

  /** How many callers wait that are at least so urgent. */
  int waiting(Urgency least) {
    return waiting.countTo(least);
  }

  /** Whether the lane can be forgotten without any difference. */
  boolean idle(Instant now) {
    return waiting.isEmpty()
        && !asking
        && allowance.forgettable(now)
        && (next.equals(Instant.MIN) || next.plus(KEPT).isBefore(now));
  }
}
