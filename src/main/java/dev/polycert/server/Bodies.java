package dev.polycert.server;

import dev.polycert.function.invocation.HttpCall;
import dev.polycert.function.invocation.HttpDoor;
import dev.polycert.function.invocation.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads request bodies: each up to the largest that may be and for so long, and all that are on
 * their way up to a number of bytes. All of it happens on the server's one event loop.
 */
final class Bodies {
  private final Vertx vertx;
  private final Duration limit;
  private long room;

  /**
   * @param room how many bytes of bodies that are not whole yet are kept
   */
  Bodies(Vertx vertx, Duration limit, long room) {
    this.vertx = vertx;
    this.limit = limit;
    this.room = room;
  }

  /** Reads the body; fails with {@link RefusedException} as soon as it is known to be refused. */
  Future<Buffer> read(HttpServerRequest request) {
    if (announced(request) > HttpCall.MAX_BODY) {
      return Future.failedFuture(new RefusedException(HttpDoor.tooLarge()));
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
    request.exceptionHandler(body::tryFail);
    request.endHandler(end -> body.tryComplete(read));
    return body.future();
  }

  private void add(Buffer chunk, Buffer read, Promise<Buffer> body) {
    if (body.future().isComplete()) {
      return;
    }
    if (read.length() + chunk.length() > HttpCall.MAX_BODY) {
      body.tryFail(new RefusedException(HttpDoor.tooLarge()));
    } else if (chunk.length() > room) {
      body.tryFail(new RefusedException(Problem.of(503, "Too many requests at once.")));
    } else {
      room -= chunk.length();
      read.appendBuffer(chunk);
    }
  }

  private RefusedException tooSlow() {
    return new RefusedException(
        Problem.of(408, "The body has not come whole within " + limit.toSeconds() + " s."));
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  /** The body is not read, or not to its end. */
  static final class RefusedException extends RuntimeException {
    private final transient Problem problem;

    RefusedException(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
