package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Spares a vendor that does not answer, and those who would wait for it. Opens after so many steps
 * in a row that got no answer; then lets one call through per pause, to see whether the vendor is
 * back.
 *
 * <p>One domain that makes the vendor fail does not look like a vendor that is down: a step counts
 * once, however often it tries, and of the steps that open it no more than a third are about the
 * same. So at least three domains have to meet the same within one pause. Where a vendor has fewer
 * orders it is called as rarely as each of these is due again.
 */
public final class Breaker {
  /** Longer pauses would only make the recovery later. */
  private static final int LONGEST = 8;

  /** One domain may be at fault, and another one by chance at the same time. */
  private static final int SUBJECTS = 3;

  private final int failures;
  private final int mostOfOne;
  private final Duration shortest;
  private Duration pause;
  private boolean open;
  private boolean probing;
  private Instant next = Instant.MIN;
  private Instant firstFailed = Instant.MIN;

  /** Told apart by what they are and not by what they hold: steps of one request look alike. */
  private final Set<CallContext> failed = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param failures how many steps in a row open it, all within one pause
   * @param pause the first one; it doubles with each call that finds the vendor still down
   */
  public Breaker(int failures, Duration pause) {
    this.failures = failures;
    this.mostOfOne = Math.max(1, failures / SUBJECTS);
    this.shortest = pause;
    this.pause = pause;
  }

  /** Whether no call would be let through now: the time from which one is. */
  public synchronized Optional<Instant> closedUntil(Instant now) {
    return open && now.isBefore(next) ? Optional.of(next) : Optional.empty();
  }

  /**
   * What comes of a call that is not let through: an error, and not a wait of our own. Who can,
   * asks another vendor.
   *
   * @param who does not answer
   */
  public static Failure down(String who, Instant now, Instant closedUntil) {
    return new Failure.Refused(
        new VendorError(
            ErrorClass.RETRY,
            "Vendor.Down",
            who + " does not answer",
            null,
            Duration.between(now, closedUntil)));
  }

  /**
   * As {@link #closedUntil}; when it is empty, the caller has to call now, and to tell what came of
   * it.
   */
  public synchronized Optional<Instant> enter(Instant now) {
    Optional<Instant> refused = closedUntil(now);
    if (open && refused.isEmpty()) {
      probing = true;
      next = now.plus(pause);
    }
    return refused;
  }

  /** The vendor answered, whatever it said. */
  public synchronized void answered() {
    open = false;
    probing = false;
    pause = shortest;
    failed.clear();
  }

  /** There was no answer, or one that says that the vendor is down. */
  public synchronized void failed(CallContext step, Instant now) {
    if (open) {
      stillDown(now);
    } else {
      count(step, now);
    }
  }

  /** There was no call after all, so that another one may see whether the vendor is back. */
  public synchronized void unused(Instant now) {
    if (probing) {
      probing = false;
      next = now;
    }
  }

  private void stillDown(Instant now) {
    // What was sent before it opened says nothing new.
    if (probing) {
      probing = false;
      Duration longest = shortest.multipliedBy(LONGEST);
      pause = pause.compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
      next = now.plus(pause);
    }
  }

  private void count(CallContext step, Instant now) {
    if (firstFailed.plus(shortest).isBefore(now)) {
      failed.clear();
    }
    if (failed.isEmpty()) {
      firstFailed = now;
    }
    long ofThis = failed.stream().filter(it -> it.subject().equals(step.subject())).count();
    if (ofThis < mostOfOne) {
      failed.add(step);
    }
    if (failed.size() >= failures) {
      open = true;
      next = now.plus(pause);
    }
  }
}
