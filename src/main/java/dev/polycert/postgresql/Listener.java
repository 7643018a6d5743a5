package dev.polycert.postgresql;

import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import org.jboss.logging.Logger;

/**
 * Listens on a channel with a connection of its own, which is made anew whenever it ends. Reports
 * each new connection too, because notifications may have been missed before it.
 */
final class Listener {
  private static final Logger LOG = Logger.getLogger(Listener.class);

  private static final long AGAIN_MILLIS = 5000;

  /** Asks for a sign of life before the connection counts as silent. */
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final String channel;
  private final MultiEmitter<? super String> told;

  private Listener(
      Vertx vertx, PgConnectOptions options, String channel, MultiEmitter<? super String> told) {
    this.vertx = vertx;
    this.options = options;
    this.channel = channel;
    this.told = told;
  }

  static void start(
      Vertx vertx, PgConnectOptions options, String channel, MultiEmitter<? super String> told) {
    new Listener(vertx, options, channel, told).connect();
  }

  private void connect() {
    if (told.isCancelled()) {
      return;
    }
    PgConnection.connect(vertx, options)
        .compose(
            connection ->
                listen(connection).onFailure(failure -> connection.close().onComplete(gone -> {})))
        .onFailure(
            failure -> {
              LOG.warnf(
                  "Other processes cannot reach this one now; it finds out later what they do: %s",
                  Failures.explained(failure, options).getMessage());
              vertx.setTimer(AGAIN_MILLIS, tick -> connect());
            });
  }

  private Future<Void> listen(PgConnection connection) {
    connection.notificationHandler(notification -> told.emit(notification.getPayload()));
    return connection
        .query("LISTEN " + channel)
        .execute()
        .map(
            listening -> {
              long heartbeat =
                  vertx.setPeriodic(
                      HEARTBEAT_MILLIS, tick -> connection.query("SELECT 1").execute());
              connection.closeHandler(
                  closed -> {
                    vertx.cancelTimer(heartbeat);
                    vertx.setTimer(AGAIN_MILLIS / 10, tick -> connect());
                  });
              told.onTermination(connection::close);
              told.emit("");
              return null;
            });
  }
}
