package dev.polycert.metric;

import java.time.Duration;
import java.time.Instant;

/** For processes whose metrics are not collected. */
final class NoMetrics implements Metrics {

  @Override
  public void entered(String provider, String state) {}

  @Override
  public void noticed(String type) {}

  @Override
  public void sent(String channel, boolean arrived, int notices) {}

  @Override
  public void called(String provider, String operation, String outcome, Duration took) {}

  @Override
  public void waited(String provider, Duration time) {}

  @Override
  public void fannedOut(Duration took) {}

  @Override
  public void serves(String host, Instant notAfter, Instant until) {}

  @Override
  public void flush() {}
}
