package dev.polycert.store.postgresql;

import dev.polycert.testing.PostgresqlServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A Quarkus application on PostgreSQL, with a database of its own. */
public final class PostgresqlTestResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    PostgresqlServer server = PostgresqlServer.shared();
    return Map.of(
        "polycert.store.kind",
        "postgresql",
        "polycert.rate.kind",
        "postgresql",
        "polycert.postgresql.url",
        server.url(server.newDatabaseOfLeastRights()),
        "polycert.postgresql.username",
        PostgresqlServer.ROLE,
        "polycert.postgresql.password",
        PostgresqlServer.PASSWORD);
  }

  @Override
  public void stop() {}
}
