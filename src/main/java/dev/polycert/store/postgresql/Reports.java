package dev.polycert.store.postgresql;

import dev.polycert.order.Transition;
import dev.polycert.postgresql.Database;
import dev.polycert.store.OrderJson;
import io.smallrye.mutiny.Multi;
import io.vertx.sqlclient.Tuple;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Reports transitions to the other processes by notifications, many in one statement, one statement
 * at a time: notifications make commits wait for each other. They follow the record in a
 * transaction of their own, so that a failure here fails nothing.
 */
final class Reports {
  private static final Logger LOG = Logger.getLogger(Reports.class);

  private static final String CHANNEL = "polycert_transitions";

  /** Leaves room in a payload, which PostgreSQL limits to 8000 bytes, for texts in any script. */
  private static final int LONGEST_REASON = 1000;

  private static final int LONGEST_PAYLOAD = 7900;
  private static final int MOST_AT_ONCE = 100;

  /** The most reports that wait for a database that does not answer. */
  private static final int MOST_WAITING = 2000;

  /** The mark of a report in the place of those that were lost. */
  private static final String LOST = "lost";

  private static final String NOTIFY =
      "SELECT pg_notify($1, payload) FROM unnest($2::text[]) payload";

  private final Database database;
  private final OrderJson json;

  /** Distinguishes this process's own reports from those of the others. */
  private final String sender;

  private final Queue<String> waiting = new ArrayDeque<>();
  private boolean sending;

  /** Whether some were lost of which the other processes do not know yet. */
  private boolean lost;

  Reports(Database database, OrderJson json, RandomGenerator random) {
    this.database = database;
    this.json = json;
    this.sender = Long.toHexString(random.nextLong()) + "\n";
  }

  void send(Transition recorded) {
    String report = text(recorded);
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        waiting.clear();
        lost = true;
      }
      waiting.add(sender + report);
      if (sending) {
        return;
      }
      sending = true;
    }
    sendNext();
  }

  private String text(Transition recorded) {
    byte[] whole = json.write(recorded.cut(LONGEST_REASON));
    byte[] fitting = whole.length > LONGEST_PAYLOAD ? json.write(recorded.cut(0)) : whole;
    return fitting.length > LONGEST_PAYLOAD ? LOST : new String(fitting, StandardCharsets.UTF_8);
  }

  private void sendNext() {
    List<String> batch = new ArrayList<>();
    synchronized (this) {
      if (lost && !waiting.isEmpty()) {
        lost = false;
        batch.add(sender + LOST);
      }
      while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
        batch.add(waiting.remove());
      }
      sending = !batch.isEmpty();
    }
    if (!batch.isEmpty()) {
      database
          .run(
              NOTIFY,
              Tuple.tuple().addString(CHANNEL).addArrayOfString(batch.toArray(String[]::new)))
          .onFailure()
          .invoke(this::lost)
          .onTermination()
          .invoke(this::sendNext)
          .subscribe()
          .with(
              sent -> {},
              failure -> LOG.debugf(failure, "Other processes do not know of all transitions"));
    }
  }

  private synchronized void lost() {
    lost = true;
  }

  Multi<Optional<Transition>> listen() {
    return database.listen(CHANNEL).filter(told -> !told.startsWith(sender)).map(this::read);
  }

  /** Empty also for what a later version of Polycert reports in another form. */
  private Optional<Transition> read(String told) {
    String report = told.substring(told.indexOf('\n') + 1);
    if (report.isEmpty() || report.equals(LOST)) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.read(report.getBytes(StandardCharsets.UTF_8), Transition.class));
    } catch (UncheckedIOException other) {
      return Optional.empty();
    }
  }
}
