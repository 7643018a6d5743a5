package dev.polycert.metric;

import java.time.Duration;

/**
 * Takes note of what operators watch. Nothing here blocks, fails or keeps a text that a stranger
 * chose: every argument is one of a few that the code itself knows.
 */
public interface Metrics {
  /** Takes no note of anything. */
  Metrics NONE = new NoMetrics();

  /** An order has come into a state. */
  void entered(String provider, String state);

  /**
   * Something happened that people must know of.
   *
   * @param type the type of the notice
   */
  void noticed(String type);

  /**
   * A vendor was called.
   *
   * @param outcome {@code OK}, or the class of the error
   */
  void called(String provider, String operation, String outcome, Duration took);

  /** A call waited for its rate token, or was refused one. */
  void waited(String provider, Duration time);

  /** Work for many items at once was done. */
  void fannedOut(Duration took);

  /** Hands over what was noted since the last time. */
  void flush();
}
