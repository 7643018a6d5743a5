package dev.polycert.metric;

import java.time.Duration;

/**
 * Records what operators watch. No method blocks or fails, and none takes a text from outside but
 * {@link #daysLeft}: every other argument is one of a few that the code itself knows.
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
   * Records how long the certificate that a host serves is still valid.
   *
   * @param host with its port: one that a delivery or the configuration names
   * @param days whole ones, negative after the end; the fewest of the host's addresses
   */
  void daysLeft(String host, long days);

  /** Writes out all that was recorded since the last flush. */
  void flush();
}
