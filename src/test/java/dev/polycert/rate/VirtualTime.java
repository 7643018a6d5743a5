package dev.polycert.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and its timers; time passes only when a test says so. */
public final class VirtualTime extends Clock implements Sleeper {
  private record Timer(Instant at, long number, Runnable action) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::number));
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private long count;

  @Override
  public void after(Duration delay, Runnable action) {
    timers.add(new Timer(now.plus(delay), count++, action));
  }

  /** Buckets like those of one process, in this time. */
  public TokenBucket buckets() {
    return new LocalTokenBucket(this, this);
  }

  /** Lets time pass; every timer runs at its time. */
  public void pass(Duration time) {
    Instant end = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at.isAfter(end)) {
      Timer next = timers.remove();
      now = next.at.isAfter(now) ? next.at : now;
      next.action.run();
    }
    now = end;
  }

  /** Time passes while the process stands still: no timer runs until {@link #pass}. */
  void freeze(Duration time) {
    now = now.plus(time);
  }

  /** Runs the next timer now, before its time. */
  void wakeEarly() {
    timers.remove().action.run();
  }

  public int timers() {
    return timers.size();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
