package dev.polycert.postgresql;

import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rejects settings of a database that could never be reached. A server that is down is no mistake:
 * the process starts, and waits for it.
 */
@ApplicationScoped
class DatabaseSettings implements StartupCheck {
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

  @Override
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    if (used) {
      wrong.addAll(Connecting.wrong(config));
      config
          .ca()
          .filter(ca -> !Files.isReadable(ca))
          .ifPresent(
              ca ->
                  wrong.add("polycert.postgresql.ca names %s, which cannot be read".formatted(ca)));
    }
    return wrong;
  }
}
