package dev.polycert.rate;

import dev.polycert.postgresql.Database;
import dev.polycert.postgresql.Nanos;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one row for each key: its next free slot, and the time at which slots were last taken, by
 * the clock of the instance that took them. Taking slots is one statement, which locks the row for
 * as long as it takes to record it. When it is sent again because its answer was lost, the slots of
 * the first sending are lost, and nothing else.
 */
final class PostgresqlSlots implements Slots {
  private static final String TAKE =
      """
      INSERT INTO polycert.rate AS there (key, next, at) VALUES ($1, $2::bigint + $3::bigint, $4)
      ON CONFLICT (key) DO UPDATE
      SET next = greatest(there.next, $2) + $3, at = $4, at_before = there.at
      WHERE there.next <= greatest($2, $5)
      RETURNING next - $3, at_before\
      """;

  private static final String LOOK = "SELECT next, at FROM polycert.rate WHERE key = $1";

  private final Database database;

  PostgresqlSlots(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Answer> take(Wish wish) {
    return database
        .run(
            TAKE,
            Tuple.of(
                wish.key(),
                Nanos.of(wish.earliest()),
                wish.span().toNanos(),
                Nanos.of(wish.now()),
                Nanos.of(wish.latest())))
        .flatMap(
            taken ->
                taken.size() > 0
                    ? Uni.createFrom().item(answer(true, taken))
                    : database.run(LOOK, Tuple.of(wish.key())).map(there -> answer(false, there)));
  }

  private static Answer answer(boolean taken, RowSet<Row> rows) {
    Row row = rows.iterator().next();
    return new Answer(taken, Nanos.at(row.getLong(0)), time(row.getLong(1)));
  }

  /** {@link Instant#MIN} when no slots were taken before. */
  private static Instant time(@Nullable Long nanos) {
    return nanos == null ? Instant.MIN : Nanos.at(nanos);
  }
}
