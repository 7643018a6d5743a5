package dev.polycert.server;

import dev.polycert.function.invocation.HttpCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies, up to the largest that may be. */
final class Bodies {

  private Bodies() {}

  /**
   * Reads the body; fails with {@link TooLargeException} as soon as it is known to be too large.
   */
  static Future<Buffer> read(HttpServerRequest request) {
    if (announced(request) > HttpCall.MAX_BODY) {
      return Future.failedFuture(new TooLargeException());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> body = Promise.promise();
    Buffer read = Buffer.buffer();
    request.handler(
        chunk -> {
          if (read.length() + chunk.length() <= HttpCall.MAX_BODY) {
            read.appendBuffer(chunk);
          } else {
            body.tryFail(new TooLargeException());
          }
        });
    request.exceptionHandler(body::tryFail);
    request.endHandler(end -> body.tryComplete(read));
    return body.future();
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  /** The body is larger than it may be. */
  static final class TooLargeException extends RuntimeException {
    TooLargeException() {
      super("body too large", null, false, false);
    }
  }
}
