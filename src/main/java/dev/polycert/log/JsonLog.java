package dev.polycert.log;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;

/**
 * Switches the log to JSON at start, if so configured. Quarkus' own extension for JSON logging
 * knows neither orders nor secrets.
 */
@ApplicationScoped
public class JsonLog {
  private final LogConfig config;
  private final CurrentEvent current;
  private final Instance<Redaction> redaction;

  JsonLog(LogConfig config, CurrentEvent current, Instance<Redaction> redaction) {
    this.config = config;
    this.current = current;
    this.redaction = redaction;
  }

  /** Runs before other observers of the start, so that they log JSON too. */
  void start(@Observes @Priority(1) StartupEvent event) {
    if (config.json()) {
      install(
          LogContext.getLogContext().getLogger("").getHandlers(),
          new JsonFormatter(current, redaction.get()));
    }
  }

  /** Quarkus' handler of the root logger only passes records on to the handlers that write. */
  private static void install(Handler[] handlers, Formatter formatter) {
    for (Handler handler : handlers) {
      if (handler instanceof ExtHandler outer && outer.getHandlers().length > 0) {
        install(outer.getHandlers(), formatter);
      } else {
        handler.setFormatter(formatter);
      }
    }
  }
}
