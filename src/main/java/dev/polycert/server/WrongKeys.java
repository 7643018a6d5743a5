package dev.polycert.server;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Counts the wrong keys that come from each address, so that nobody goes on guessing fast. */
final class WrongKeys {
  private static final int ATTEMPTS = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Who makes more of them makes those forgotten that have been silent the longest. */
  private static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;
  private final SequencedMap<String, CallRate> byAddress = new LinkedHashMap<>(16, 0.75f, true);

  WrongKeys(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts one.
   *
   * @param address an IP address as Java writes it; of IPv6 its network counts, whose other 64 bits
   *     anybody may choose
   * @return zero, or how long it takes until the next one is worth an answer
   */
  synchronized Duration from(String address) {
    String network = address.replaceFirst("^((?:[^:]+:){4}).*", "$1");
    CallRate rate =
        byAddress.computeIfAbsent(network, first -> new CallRate(ATTEMPTS, PERIOD, clock));
    if (byAddress.size() > MOST_ADDRESSES) {
      byAddress.pollFirstEntry();
    }
    return rate.take();
  }
}
