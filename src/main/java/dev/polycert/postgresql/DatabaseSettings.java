package dev.polycert.postgresql;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rejects settings of a database that could never be reached. A server that is down is no mistake:
 * the process starts, and waits for it.
 */
@ApplicationScoped
class DatabaseSettings {
  private static final String KIND = "postgresql";

  private final PostgresqlConfig config;
  private final boolean used;

  DatabaseSettings(
      PostgresqlConfig config,
      @ConfigProperty(name = "polycert.store.kind", defaultValue = "embedded") String store,
      @ConfigProperty(name = "polycert.rate.kind", defaultValue = "local") String rate) {
    this.config = config;
    this.used = store.equals(KIND) || rate.equals(KIND);
  }

  /** Comes before what asks the database, which would only report it. */
  void start(@Observes @Priority(1) StartupEvent event) {
    if (used) {
      Connecting.options(config);
      config.ca().ifPresent(DatabaseSettings::requireReadable);
    }
  }

  private static void requireReadable(Path ca) {
    if (!Files.isReadable(ca)) {
      throw new DatabaseException(
          "polycert.postgresql.ca names %s, which cannot be read".formatted(ca));
    }
  }
}
