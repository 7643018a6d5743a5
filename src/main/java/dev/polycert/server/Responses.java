package dev.polycert.server;

import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends responses to callers that may be slow or send too much. */
final class Responses {
  /** How long the rest of a body is read and dropped, so that the sender can read the response. */
  private static final long LINGER_MILLIS = 2000;

  private final Vertx vertx;
  private final HttpRouter router;
  private final WrongKeys wrongKeys;
  private final Duration transferTimeout;
  private final Optional<String> addressHeader;

  Responses(Vertx vertx, HttpRouter router, WrongKeys wrongKeys, ServerConfig config) {
    this.vertx = vertx;
    this.router = router;
    this.wrongKeys = wrongKeys;
    this.transferTimeout = config.transferTimeout();
    this.addressHeader = config.addressHeader();
  }

  /** Answers at once, and drops the rest of a body for a short time only. */
  void early(HttpServerRequest request, HttpRouter.Reply reply) {
    if (request.response().closed()) {
      return;
    }
    send(request.response(), reply);
    drop(request);
  }

  /** Drops the rest of a body, and after a short time the connection. */
  void drop(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    request.handler(ignored -> {});
    vertx.setTimer(
        LINGER_MILLIS,
        late -> {
          if (!request.isEnded()) {
            request.connection().close();
          }
        });
  }

  /** Frees the slot once the response is sent; slow readers are cut off after the time-out. */
  void finish(HttpServerRequest request, InFlight slots, Supplier<Future<Void>> send) {
    if (request.response().closed()) {
      slots.leave();
      return;
    }
    long timer = vertx.setTimer(transferTimeout.toMillis(), late -> Connections.cut(request));
    send.get()
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              slots.leave();
            });
  }

  static Future<Void> send(HttpServerResponse response, HttpRouter.Reply reply) {
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    return reply.body() == null ? response.end() : response.end(reply.body());
  }

  /** The reply to a wrong key, which is counted. */
  HttpRouter.Reply unauthorized(HttpServerRequest request, String what, String challenge) {
    Duration wait = wrongKeys.from(address(request));
    return wait.isPositive()
        ? tooManyKeys(wait)
        : router.reply(Problem.of(401, what)).with("www-authenticate", challenge);
  }

  /**
   * The address of the caller: that of the connection, or the last one in the proxy's header. A
   * caller can forge the addresses before the last.
   */
  String address(HttpServerRequest request) {
    SocketAddress from = request.remoteAddress();
    String connected = from == null ? "" : Objects.requireNonNullElse(from.hostAddress(), "");
    return addressHeader
        .map(name -> request.headers().getAll(name))
        .filter(noted -> !noted.isEmpty())
        .map(noted -> noted.getLast().substring(noted.getLast().lastIndexOf(',') + 1).strip())
        .flatMap(Responses::address)
        .orElse(connected);
  }

  private static Optional<String> address(String noted) {
    try {
      return Optional.of(InetAddress.ofLiteral(noted).getHostAddress());
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** The reply to a request with different keys, whose caller is unclear. */
  HttpRouter.Reply severalKeys() {
    return router.reply(
        Problem.of(
            400,
            "Authorization: Bearer and X-Api-Key show different keys, or one of them is given more"
                + " than once: show one key."));
  }

  HttpRouter.Reply tooManyKeys(Duration wait) {
    return tooMany("Too many wrong keys from your address.", wait);
  }

  HttpRouter.Reply tooManyCalls(Duration wait) {
    return tooMany("Too many requests a second.", wait);
  }

  private HttpRouter.Reply tooMany(String what, Duration wait) {
    long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
    return router.reply(Problem.of(429, what)).with("retry-after", "" + seconds);
  }

  /** The reply when a key cannot be looked up. */
  HttpRouter.Reply unknown() {
    return router
        .reply(Problem.of(503, "The key cannot be looked up just now."))
        .with("retry-after", "5");
  }

  /** The reply when no slot is free. */
  HttpRouter.Reply busy(InFlight slots) {
    String why = slots.closed() ? "The server is shutting down." : "Too many requests at once.";
    return router.reply(Problem.of(503, why)).with("retry-after", "1");
  }
}
