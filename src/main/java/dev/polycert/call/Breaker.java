package dev.polycert.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Stops calls to a vendor that does not answer, to spare it and the callers that would wait for it.
 * Opens after a number of steps in a row without an answer; then lets one call through per pause,
 * to see whether the vendor is back.
 *
 * <p>One domain that makes the vendor fail must not open it: a step counts once, however often it
 * tries, and no more than a third of the steps that open it may be about the same subject. So at
 * least three domains have to fail within one pause. A vendor with fewer orders needs no breaker:
 * it is called no more often than each of them is due.
 */
public final class Breaker {
  /** The longest pause, as a multiple of the first; longer ones would only delay the recovery. */
  private static final int LONGEST = 8;

  /** How many subjects must fail: one may be at fault itself, and another may fail by chance. */
  private static final int SUBJECTS = 3;

  private final int failures;
  private final int mostOfOne;
  private final Duration shortest;
  private Duration pause;
  private boolean open;
  private boolean probing;
  private Instant next = Instant.MIN;
  private Instant firstFailed = Instant.MIN;

  /** The steps without an answer. Compared by identity: two steps may look the same. */
  private final Set<CallContext> failed = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param failures how many steps in a row open it, all within one pause
   * @param pause the first pause; it doubles with each call that finds the vendor still down
   */
  public Breaker(int failures, Duration pause) {
    this.failures = failures;
    this.mostOfOne = Math.max(1, failures / SUBJECTS);
    this.shortest = pause;
    this.pause = pause;
  }

  /** The time from which a call is let through; empty when one is let through now. */
  public synchronized Optional<Instant> blockedUntil(Instant now) {
    return open && now.isBefore(next) ? Optional.of(next) : Optional.empty();
  }

  /**
   * The failure of a call that is not let through. It is an error and not a deferral of our own, so
   * that the caller can turn to another vendor.
   *
   * @param vendor the vendor that does not answer
   */
  public static Failure down(String vendor, Instant now, Instant blockedUntil) {
    return new Failure.Refused(
        new VendorError(
            ErrorClass.RETRY,
            "Vendor.Down",
            vendor + " does not answer",
            null,
            Duration.between(now, blockedUntil)));
  }

  /**
   * As {@link #blockedUntil}; but when it is empty, the caller must call now, and report the result
   * with {@link #answered}, {@link #failed} or {@link #unused}.
   */
  public synchronized Optional<Instant> enter(Instant now) {
    Optional<Instant> blocked = blockedUntil(now);
    if (open && blocked.isEmpty()) {
      probing = true;
      next = now.plus(pause);
    }
    return blocked;
  }

  /** Reports an answer, whatever its content. */
  public synchronized void answered() {
    open = false;
    probing = false;
    pause = shortest;
    failed.clear();
  }

  /** Reports that no answer came, or one that shows the vendor to be down. */
  public synchronized void failed(CallContext step, Instant now) {
    if (open) {
      stillDown(now);
    } else {
      count(step, now);
    }
  }

  /** Reports that no call was made after all, so that the next one may probe the vendor. */
  public synchronized void unused(Instant now) {
    if (probing) {
      probing = false;
      next = now;
    }
  }

  private void stillDown(Instant now) {
    // A failure of a call that was sent before the breaker opened is not counted.
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
