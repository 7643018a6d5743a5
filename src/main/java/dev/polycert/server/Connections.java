package dev.polycert.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the open connections, and closes those that send no whole request header in time, because
 * Vert.x's own idle time-out starts again with every byte. Runs on the one event loop of the
 * server, without locks.
 */
final class Connections {
  /** In place of a timer while a request is answered; no timer has this id. */
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

  /** Accepts a new connection, or closes it when there are too many. */
  void opened(HttpConnection connection) {
    if (timers.size() >= most) {
      connection.close();
      return;
    }
    timers.put(connection, BUSY);
    awaitRequest(connection);
    connection.closeHandler(closed -> vertx.cancelTimer(timers.remove(connection)));
  }

  /** Stops the timer once a header is complete, and starts it again after the response. */
  void asked(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    timers.computeIfPresent(connection, (open, timer) -> stop(timer));
    request.response().endHandler(answered -> awaitRequest(connection));
  }

  /** Closes a request's connection at once; Vert.x's own close waits until all is written. */
  static void cut(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection connection) {
      var _ = connection.channelHandlerContext().close();
    } else {
      request.connection().close();
    }
  }

  /** Sends at once what Vert.x would send when it has read all that is there. */
  static void flush(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection connection) {
      connection.channelHandlerContext().flush();
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
