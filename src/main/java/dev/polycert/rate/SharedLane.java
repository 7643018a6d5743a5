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
 * The callers of one key in this instance, in the order in which they asked, and the slots that the
 * instance has taken for them. Knows nothing of threads and timers. All times are shared ones, save
 * the callers' deadlines.
 */
final class SharedLane {
  /**
   * How much wider than needed slots are spaced. Calls of different instances have ways of
   * different lengths: with a limit of N a second, a call may be 25 ms later than its slot and the
   * one N slots later on time before both fall into the same second.
   */
  private static final double MARGIN = 1.025;

  /**
   * How late a slot may be used: half of what the margin allows, the rest is for the call's way.
   */
  private static final Duration GRACE = Duration.ofNanos(12_500_000);

  /** How much time's worth of slots is taken at once: fewer writes, but longer turns. */
  private static final Duration BATCH = Duration.ofMillis(300);

  /** Slots that are left when the next ones are asked for, so that none passes meanwhile. */
  private static final int LEFT = 1;

  private static final Duration SHORTEST_LEAD = Duration.ofMillis(25);
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(1);

  /** How long an idle lane is kept, so that it need not learn anew how busy its key is. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final String key;
  private final SharedTime time;
  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private final Deque<Instant> slots = new ArrayDeque<>();
  private final Allowance allowance = new Allowance();

  /** The next slot that was free when slots were last asked for. */
  private Instant next = Instant.MIN;

  /** How far ahead of now the first slot has to be to be in time for the answer. */
  private Duration lead = SHORTEST_LEAD;

  private boolean asking;

  /** The slot that a timer is set for. */
  private @Nullable Instant alarm;

  SharedLane(String key, SharedTime time) {
    this.key = key;
    this.time = time;
  }

  /**
   * Somebody who asked for a token.
   *
   * @param deadline by this machine's clock
   * @param answer gets what {@link TokenBucket#take} promises
   * @param failure gets why slots could not be asked for
   */
  record Waiter(
      double perSecond,
      Instant deadline,
      Consumer<Optional<Instant>> answer,
      Consumer<Throwable> failure) {

    Duration spacing() {
      return Duration.ofNanos((long) Math.ceil(MARGIN * 1e9 / perSecond));
    }
  }

  /** Lines up, unless the token would come too late for sure; then the answer is returned. */
  List<Runnable> enter(Waiter waiter, Instant now) {
    int without = waiting.size() - slots.size();
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
   * Grants and refuses whatever the time allows; the answers are for the caller to give. A slot
   * that was missed, in a pause of the process, is lost: used late, it could be too close to
   * another instance's.
   */
  List<Runnable> advance(Instant now) {
    slots.removeIf(slot -> slot.plus(GRACE).isBefore(now));
    List<Runnable> answers = new ArrayList<>();
    refuse(now, answers);
    while (!waiting.isEmpty() && !slots.isEmpty() && !slots.element().isAfter(now)) {
      slots.remove();
      allowance.granted();
      Waiter served = waiting.remove();
      answers.add(() -> served.answer.accept(Optional.empty()));
    }
    return answers;
  }

  /** Refuses those whose slot would be too late; the ones behind them move up. */
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

  /** What to ask for now; empty when nothing is needed, or an answer is awaited. */
  Optional<Slots.Wish> wish(Instant now) {
    if (asking || slots.size() > LEFT || waiting.size() <= slots.size()) {
      return Optional.empty();
    }
    asking = true;
    Waiter first = waiting.stream().skip(slots.size()).findFirst().orElseThrow();
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

  /** Takes note of a refusal; if it is one of several, the next slots are further apart. */
  void refused(Instant now) {
    allowance.refused(now);
  }

  /** Takes note of what was asked for; {@link #advance} comes next. */
  void answered(Slots.Wish wish, Slots.Answer answer) {
    asking = false;
    time.heed(answer.writtenAt());
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

  /** Nobody without a slot can be served. */
  List<Runnable> failed(Throwable failure) {
    asking = false;
    List<Runnable> answers = new ArrayList<>();
    while (waiting.size() > slots.size()) {
      Waiter last = waiting.removeLast();
      answers.add(() -> last.failure.accept(failure));
    }
    return answers;
  }

  /** How long to wait before the next {@link #advance}; empty when a timer is set, or needless. */
  Optional<Duration> pause(Instant now) {
    Instant first = waiting.isEmpty() ? null : slots.peek();
    if (first == null || first.equals(alarm)) {
      return Optional.empty();
    }
    alarm = first;
    return Optional.of(Duration.between(now, first));
  }

  /** Says that the timer has come, early or not. */
  void woken() {
    alarm = null;
  }

  /** Whether forgetting the lane makes no difference any more. */
  boolean idle(Instant now) {
    return waiting.isEmpty()
        && !asking
        && allowance.forgettable(now)
        && (next.equals(Instant.MIN) || next.plus(KEPT).isBefore(now));
  }
}
