package dev.polycert.rate;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * Hands out permission to call, no faster than a vendor allows. Callers of the same key are served
 * by their urgency, and equally urgent ones in the order in which they asked.
 */
public interface TokenBucket {

  /**
   * Waits for a token.
   *
   * @param key what shares the limit, such as {@code tencent-ssl/default/ApplyCertificate}
   * @param perSecond the limit; calls are spaced evenly, never sent in bursts
   * @param deadline when no token is expected by then, none is taken, and the answer comes at once
   * @return empty when the token is granted, now; else the time at which one would be free
   */
  Uni<Optional<Instant>> take(String key, double perSecond, Instant deadline, Urgency urgency);

  /** As above, with the urgency of a single request. */
  default Uni<Optional<Instant>> take(String key, double perSecond, Instant deadline) {
    return take(key, perSecond, deadline, Urgency.SMALL);
  }

  /**
   * How many callers of this process, at least so urgent, wait for tokens of keys that begin so.
   */
  default int waiting(String prefix, Urgency least) {
    return 0;
  }

  /**
   * Reports that the vendor refused a call for its rate. From now on tokens of the key come slower
   * than its limit, until time has shown that the vendor allows more. Each process learns that for
   * itself; buckets without limits have nothing to learn.
   */
  default void refused(String key) {}
}
