package dev.polycert.metric;

import java.time.Duration;
import java.time.Instant;

/**
 * Records what operators watch. No method blocks or fails, and none takes a text from outside but
 * {@link #serves}: every other argument is one of a few that the code or the configuration knows.
 */
public interface Metrics {
  /** Records nothing. */
  Metrics NONE = new NoMetrics();

  /** Records that an order came into a state. */
  void entered(String provider, String state);

  /**
   * Records a notice to people.
   *
   * @param type the type of the notice
   */
  void noticed(String type);

  /**
   * Records notices that a channel has sent or lost.
   *
   * @param channel its name in the configuration
   */
  void sent(String channel, boolean arrived, int notices);

  /**
   * Records a call to a vendor.
   *
   * @param outcome {@code OK}, or the class of the error
   */
  void called(String provider, String operation, String outcome, Duration took);

  /** Records how long a call waited for its rate token, even when it got none. */
  void waited(String provider, Duration time);

  /** Records how long work for many items took. */
  void fannedOut(Duration took);

  /**
   * Records the certificate that a host serves, for the days that it is still valid.
   *
   * @param host with its port: one that a delivery or the configuration names
   * @param notAfter its end, exclusive; the earliest of the host's addresses
   * @param until when this becomes too old to report, unless there is a newer look
   */
  void serves(String host, Instant notAfter, Instant until);

  /** Writes out all that was recorded since the last flush. */
  void flush();
}
