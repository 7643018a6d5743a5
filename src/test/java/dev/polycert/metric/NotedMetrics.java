package dev.polycert.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Metrics as the texts of what was noted; times are left out, whether there is one is not. */
public final class NotedMetrics implements Metrics {
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  /** What was noted since the last time, in order. */
  public List<String> take() {
    synchronized (notes) {
      List<String> taken = List.copyOf(notes);
      notes.clear();
      return taken;
    }
  }

  @Override
  public void entered(String provider, String state) {
    notes.add("%s %s".formatted(provider, state));
  }

  @Override
  public void noticed(String type) {
    notes.add(type);
  }

  @Override
  public void sent(String channel, boolean arrived, int notices) {
    notes.add("%s %s %d".formatted(channel, arrived ? "arrived" : "lost", notices));
  }

  @Override
  public void called(String provider, String operation, String outcome, Duration took) {
    notes.add("%s %s %s".formatted(provider, operation, outcome));
  }

  @Override
  public void waited(String provider, Duration time) {
    notes.add("%s waited".formatted(provider));
  }

  @Override
  public void fannedOut(Duration took) {
    notes.add("fanned out");
  }

  @Override
  public void serves(String host, Instant notAfter, Instant until) {
    notes.add("%s serves until %s, noted until %s".formatted(host, notAfter, until));
  }

  @Override
  public void flush() {
    notes.add("flush");
  }
}
