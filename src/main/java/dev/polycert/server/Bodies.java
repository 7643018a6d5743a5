package dev.polycert.server;

import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads request bodies within limits: of the size and the time of each, and of the memory for all
 * that are incomplete. Runs on the one event loop of the server, without locks.
 */
final class Bodies {
  private final Vertx vertx;
  private final Duration limit;
  private long room;

  /**
   * @param room the memory for incomplete bodies, in bytes
   */
  Bodies(Vertx vertx, Duration limit, long room) {
    this.vertx = vertx;
    this.limit = limit;
    this.room = room;
  }

  /** Reads the body; fails with {@link RejectedException} as soon as it exceeds a limit. */
  Future<Buffer> read(HttpServerRequest request) {
    if (announced(request) > HttpRouter.Request.MAX_BODY) {
      return Future.failedFuture(new RejectedException(HttpRouter.tooLarge()));
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> body = Promise.promise();
    Buffer read = Buffer.buffer();
    long timer = vertx.setTimer(limit.toMillis(), late -> body.tryFail(tooSlow()));
    body.future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              room += read.length();
            });
    request.handler(chunk -> add(chunk, read, body));
    request.exceptionHandler(broken -> body.tryFail(broken()));
    request.endHandler(end -> body.tryComplete(read));
    return body.future();
  }

  private void add(Buffer chunk, Buffer read, Promise<Buffer> body) {
    if (body.future().isComplete()) {
      return;
    }
    if (read.length() + chunk.length() > HttpRouter.Request.MAX_BODY) {
      body.tryFail(new RejectedException(HttpRouter.tooLarge()));
    } else if (chunk.length() > room) {
      body.tryFail(new RejectedException(Problem.of(503, "Too many requests at once.")));
    } else {
      room -= chunk.length();
      read.appendBuffer(chunk);
    }
  }

  private RejectedException tooSlow() {
    return new RejectedException(
        Problem.of(408, "The body has not come whole within " + limit.toSeconds() + " s."));
  }

  private static RejectedException broken() {
    return new RejectedException(
        Problem.of(400, "The body is not well-formed: it breaks off, or its chunks are wrong."));
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  /** The body exceeds a limit; the rest of it is not read. */
  static final class RejectedException extends RuntimeException {
    private final transient Problem problem;

    RejectedException(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
