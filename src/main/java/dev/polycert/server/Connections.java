package dev.polycert.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections that are open: never more than a number, and none that goes on for long without a
 * whole request header. Vert.x's own idle time-out starts anew with every byte. All of it happens
 * on the server's one event loop.
 */
final class Connections {
  /** No timer has it. */
  private static final long BUSY = -1;

  private final Vertx vertx;
  private final int most;
  private final Duration patience;
  private final Map<HttpConnection, Long> timers = new HashMap<>();

  Connections(Vertx vertx, int most, Duration patience) {
    this.vertx = vertx;
    this.most = most;
    this.patience = patience;
  }

  /** Takes a new connection, or closes it. */
  void opened(HttpConnection connection) {
    if (timers.size() >= most) {
      connection.close();
      return;
    }
    timers.put(connection, BUSY);
    awaitRequest(connection);
    connection.closeHandler(closed -> vertx.cancelTimer(timers.remove(connection)));
  }

  /** Notes that a header has come whole; the next one is waited for once this one is answered. */
  void asked(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    timers.computeIfPresent(connection, (open, timer) -> stop(timer));
    request.response().endHandler(answered -> awaitRequest(connection));
  }

  /** Closes a request's connection now; Vert.x's own way waits until all has been written. */
  static void cut(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection connection) {
      var _ = connection.channelHandlerContext().close();
    } else {
      request.connection().close();
    }
  }

  private void awaitRequest(HttpConnection connection) {
    timers.computeIfPresent(
        connection,
        (open, timer) -> {
          stop(timer);
          return patience.isZero()
              ? BUSY
              : vertx.setTimer(patience.toMillis(), late -> connection.close());
        });
  }

  private long stop(long timer) {
    vertx.cancelTimer(timer);
    return BUSY;
  }
}
