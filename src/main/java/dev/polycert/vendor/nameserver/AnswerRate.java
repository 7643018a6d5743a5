package dev.polycert.vendor.nameserver;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Limits the answers to one network. By UDP this is needed because the sender of a datagram may be
 * forged: a network that is flooded with answers did not ask for them. Every second answer beyond
 * the limit is cut short and no larger than its question, so that a real sender comes again by TCP;
 * the others are left out.
 *
 * <p>By TCP the sender is real, but takes time from others: its connection is closed at the limit.
 */
final class AnswerRate {
  /** Bounds the memory; the networks that were silent the longest are forgotten first. */
  private static final int MOST_NETWORKS = 10_000;

  private final int perSecond;
  private final Clock clock;
  private final SequencedMap<String, Count> byNetwork = new LinkedHashMap<>(16, 0.75f, true);

  AnswerRate(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** What to do with an answer. */
  enum Verdict {
    SEND,
    CUT,
    DROP
  }

  private static final class Count {
    private Instant since;
    private long answers;

    private Count(Instant since) {
      this.since = since;
    }
  }

  /**
   * Counts an answer.
   *
   * @param address as Java writes it
   */
  synchronized Verdict next(String address) {
    Instant now = clock.instant();
    Count count = byNetwork.computeIfAbsent(network(address), first -> new Count(now));
    if (byNetwork.size() > MOST_NETWORKS) {
      byNetwork.pollFirstEntry();
    }
    if (Duration.between(count.since, now).abs().toMillis() >= 1000) {
      count.since = now;
      count.answers = 0;
    }
    long beyond = ++count.answers - perSecond;
    return beyond <= 0 ? Verdict.SEND : beyond % 2 == 0 ? Verdict.CUT : Verdict.DROP;
  }

  /** The first three bytes of an IPv4 address, the first 56 bits of an IPv6 address. */
  private static String network(String address) {
    byte[] bytes = InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
    return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 3 : 7);
  }
}
