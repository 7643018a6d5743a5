package dev.polycert.call;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose last answer ended in the midst of its JSON, because the vendor sent
 * more than {@code Content-Length} said. Otherwise the rest would be read as the beginning of the
 * next answer on that connection, which belongs to another call.
 */
final class CutAnswers extends ChannelInboundHandlerAdapter {
  private static final String AFTER = "codec";

  private final HttpConnection connection;
  private boolean begun;
  private boolean json;
  private boolean text;
  private boolean escaped;
  private int depth;

  private CutAnswers(HttpConnection connection) {
    this.connection = connection;
  }

  /** Watches all answers of a connection from now on. */
  static void watch(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      if (pipeline.get(CutAnswers.class) == null && pipeline.get(AFTER) != null) {
        pipeline.addAfter(AFTER, "cut-answers", new CutAnswers(connection));
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse) {
      begun = false;
      json = false;
      text = false;
      escaped = false;
      depth = 0;
    }
    if (message instanceof HttpContent content) {
      read(content.content());
    }
    if (message instanceof LastHttpContent && json && depth > 0) {
      // Removes it from its pool, before the end of this answer would return it there.
      connection.shutdown(1, TimeUnit.SECONDS);
    }
    context.fireChannelRead(message);
  }

  private void read(ByteBuf bytes) {
    bytes.forEachByte(
        next -> {
          read((char) (next & 0xff));
          return true;
        });
  }

  private void read(char next) {
    if (!begun && next > ' ') {
      begun = true;
      json = next == '{' || next == '[';
    }
    if (!json) {
      return;
    }
    if (text) {
      text = escaped || next != '"';
      escaped = !escaped && next == '\\';
      return;
    }
    switch (next) {
      case '"' -> text = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {}
    }
  }
}
