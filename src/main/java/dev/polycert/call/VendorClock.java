package dev.polycert.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The vendor's time as far as it is known: this machine's time until the vendor rejects it. Only
 * signatures are dated by it.
 */
final class VendorClock extends Clock {
  private final Clock machine;
  private volatile Duration ahead = Duration.ZERO;

  VendorClock(Clock machine) {
    this.machine = machine;
  }

  /** Sets the time to that of the vendor. */
  void set(Instant now) {
    ahead = ahead(now);
  }

  /** How far a time is ahead of this machine's clock; negative when behind. */
  Duration ahead(Instant now) {
    return Duration.between(machine.instant(), now);
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(machine.withZone(zone), ahead);
  }
}
