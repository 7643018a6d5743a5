package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Sends answers, as HTTP says or broken in the way that a fault asks for. */
final class ReplySender {
  private static final long SECOND = 1000;
  private static final long INTERIM = 20;
  private static final int LARGE = 64 << 10;

  private final Vertx vertx;

  ReplySender(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Sends an answer.
   *
   * @param kind what goes wrong while it is sent; kinds that change the answer itself do nothing
   *     here
   * @param now the value of {@code Date}, unless the answer has one
   */
  void send(HttpServerRequest request, Reply reply, Fault.Kind kind, Instant now) {
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
      case ENDLESS_HEADERS -> headLines(channel(request), date(now), 0);
      case ENDLESS_CONTINUE -> interim(response);
      case LARGE_HEADER -> response.putHeader("X-Padding", "x".repeat(LARGE)).end(body);
      case TRUNCATED -> {
        response.putHeader("Content-Length", "" + body.length());
        response.write(half(body)).onComplete(sent -> request.connection().close());
      }
      case HALF_CLOSE -> {
        response.putHeader("Connection", "close").setChunked(true);
        response.write(half(body)).onComplete(sent -> halfClose(channel(request)));
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

  /** The connection below HTTP. */
  private static Channel channel(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel();
  }

  /** Sends nothing more, but reads until the client closes its half as well. */
  private static void halfClose(Channel channel) {
    ((DuplexChannel) channel).shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Bypasses HTTP's own writer, which cannot send a head without an end. */
  private void headLines(Channel channel, String date, int sent) {
    if (!channel.isActive()) {
      return;
    }
    String line = sent == 0 ? "HTTP/1.1 200 OK\r\nDate: " + date : "X-Line-" + sent + ": more";
    channel
        .pipeline()
        .firstContext()
        .writeAndFlush(Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.US_ASCII))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                vertx.setTimer(INTERIM, later -> headLines(channel, date, sent + 1));
              }
            });
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
