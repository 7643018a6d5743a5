package dev.polycert.log;

import dev.polycert.function.invocation.CurrentEvent;
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
 * Has the log written as JSON, when it is set so. Set at start and not by Quarkus' extension for
 * it, which knows neither orders nor secrets.
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

  /** Before whatever else happens at start, so that it is told of as JSON too. */
  void start(@Observes @Priority(1) StartupEvent event) {
    if (config.json()) {
      install(
          LogContext.getLogContext().getLogger("").getHandlers(),
          new JsonFormatter(current, redaction.get()));
    }
  }

  /** Quarkus' own handler of the root hands on to those that write. */
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
