package dev.polycert.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Sends answers, the way HTTP wants it or another. */
final class Wire {
  private static final long SECOND = 1000;
  private static final long INTERIM = 20;
  private static final int LARGE = 64 << 10;

  private final Vertx vertx;

  Wire(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Sends an answer.
   *
   * @param kind what goes wrong on the way; any other kind does nothing here
   * @param now goes into {@code Date}, unless the answer has one
   */
  void send(HttpServerRequest request, SandboxReply reply, Fault.Kind kind, Instant now) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    response.putHeader("Date", date(now));
    reply.headers().forEach(response::putHeader);
    Buffer body = Buffer.buffer(reply.body());
    switch (kind) {
      case SLOW_LORIS -> drip(response.putHeader("Content-Length", "" + body.length()), body, 0);
      case ENDLESS_HEADERS -> interim(response);
      case LARGE_HEADER -> response.putHeader("X-Padding", "x".repeat(LARGE)).end(body);
      case TRUNCATED -> {
        response.putHeader("Content-Length", "" + body.length());
        hangUp(request, half(body));
      }
      case HALF_CLOSE -> {
        response.putHeader("Connection", "close").setChunked(true);
        hangUp(request, half(body));
      }
      case WRONG_LENGTH -> response.putHeader("Content-Length", "" + body.length() / 2).write(body);
      default -> response.end(body);
    }
  }

  private static String date(Instant now) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
  }

  private static Buffer half(Buffer body) {
    return body.getBuffer(0, body.length() / 2);
  }

  private static void hangUp(HttpServerRequest request, Buffer first) {
    request.response().write(first).onComplete(sent -> request.connection().close());
  }

  private void drip(HttpServerResponse response, Buffer body, int sent) {
    if (response.closed()) {
      return;
    }
    if (sent + 1 >= body.length()) {
      response.end(body.getBuffer(sent, body.length()));
      return;
    }
    response.write(body.getBuffer(sent, sent + 1));
    vertx.setTimer(SECOND, later -> drip(response, body, sent + 1));
  }

  private void interim(HttpServerResponse response) {
    if (!response.closed()) {
      response.writeContinue();
      vertx.setTimer(INTERIM, later -> interim(response));
    }
  }
}
