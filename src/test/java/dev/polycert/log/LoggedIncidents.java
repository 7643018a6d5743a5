package dev.polycert.log;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.random.RandomGenerator;

/** Incidents with a secret to hide, and a handler that records what is logged about them. */
public final class LoggedIncidents extends Handler implements AutoCloseable {
  public static final String SECRET = "fake-key-for-tests";

  private final List<String> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger(Incidents.class.getName());

  public LoggedIncidents() {
    logger.addHandler(this);
  }

  public static Incidents incidents() {
    RandomGenerator always = () -> 42L;
    return new Incidents(always, redaction(Map.of("POLYCERT_API_KEY", SECRET)));
  }

  public static Redaction redaction(Map<String, String> settings) {
    return new Redaction(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build());
  }

  /** The messages that were logged so far. */
  public List<String> logged() {
    return logged;
  }

  @Override
  public void publish(LogRecord entry) {
    logged.add(new SimpleFormatter().formatMessage(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
