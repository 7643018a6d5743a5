package dev.polycert.store.postgresql;

import dev.polycert.postgresql.Database;
import dev.polycert.vault.VaultStore;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;

/** Keeps sealed values in the database of the order book, one row each. */
@ApplicationScoped
@Identifier("postgresql")
public class PostgresqlVault implements VaultStore {
  private final Database database;

  PostgresqlVault(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<byte[]>> get(String name) {
    return database
        .run("SELECT sealed FROM polycert.vault WHERE name = $1", Tuple.of(name))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getBuffer(0).getBytes()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>When the answer was lost and the statement is sent once more, the value that is there is our
   * own: no two sealings of anything are the same.
   */
  @Override
  public Uni<Boolean> create(String name, byte[] sealed) {
    return database
        .run(
            "INSERT INTO polycert.vault (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            Tuple.of(name, Buffer.buffer(sealed)))
        .flatMap(
            done ->
                done.rowCount() > 0
                    ? Uni.createFrom().item(true)
                    : get(name).map(there -> isOurs(there, sealed)));
  }

  private static boolean isOurs(Optional<byte[]> there, byte[] sealed) {
    return there.filter(value -> Arrays.equals(value, sealed)).isPresent();
  }

  @Override
  public Uni<Void> put(String name, byte[] sealed) {
    return database
        .run(
            "INSERT INTO polycert.vault (name, sealed) VALUES ($1, $2)"
                + " ON CONFLICT (name) DO UPDATE SET sealed = $2",
            Tuple.of(name, Buffer.buffer(sealed)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String name) {
    return database
        .run("DELETE FROM polycert.vault WHERE name = $1", Tuple.of(name))
        .replaceWithVoid();
  }
}
