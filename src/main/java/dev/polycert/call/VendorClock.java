package dev.polycert.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A vendor's time as far as it is known: this machine's, until the vendor refuses it. Signatures
 * are dated by it and nothing else is.
 */
final class VendorClock extends Clock {
  private final Clock machine;
  private volatile Duration ahead = Duration.ZERO;

  VendorClock(Clock machine) {
    this.machine = machine;
  }

  /** Takes the vendor's word for what time it is. */
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
