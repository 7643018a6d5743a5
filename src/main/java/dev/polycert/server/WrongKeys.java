package dev.polycert.server;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Counts the wrong keys from each address, to slow down guessing. */
final class WrongKeys {
  private static final int ATTEMPTS = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Bounds the memory; the addresses that were silent the longest are forgotten first. */
  private static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;
  private final SequencedMap<String, CallRate> byAddress = new LinkedHashMap<>(16, 0.75f, true);

  WrongKeys(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a wrong key.
   *
   * @param address an IP address as Java writes it; an IPv6 address counts by its network, because
   *     a caller can choose the other 64 bits
   * @return zero, or how long the caller has to wait
   */
  synchronized Duration from(String address) {
    CallRate rate =
        byAddress.computeIfAbsent(network(address), first -> new CallRate(ATTEMPTS, PERIOD, clock));
    if (byAddress.size() > MOST_ADDRESSES) {
      byAddress.pollFirstEntry();
    }
    return rate.take();
  }

  /** As {@link #from}, before the key was checked, so nothing is counted. */
  synchronized Duration before(String address) {
    CallRate rate = byAddress.get(network(address));
    return rate == null ? Duration.ZERO : rate.look();
  }

  private static String network(String address) {
    return address.replaceFirst("^((?:[^:]+:){4}).*", "$1");
  }
}
