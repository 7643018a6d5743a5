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
 * Lets no connection be used again whose last answer ended in the midst of its JSON, because more
 * was sent than {@code Content-Length} said: what is left over would be taken for the beginning of
 * the next answer, which is about somebody else's call.
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

  /** Looks at all answers of a connection from now on. */
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
      // Takes it from its pool before the end of this answer would give it back.
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
