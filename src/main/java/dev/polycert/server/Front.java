package dev.polycert.server;

import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Problem;
import dev.polycert.function.invocation.SideDoor;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Handles requests on the event loop: checks the key and the limits, then passes them to the
 * router, which answers API Gateway's events too.
 */
@ApplicationScoped
public class Front {
  private static final Logger LOG = Logger.getLogger(Front.class);
  private static final Set<String> ALIVE = Set.of("/health", "/health/live");

  /** How long the rest of a body is read and dropped, so that the sender can read the response. */
  private static final long LINGER_MILLIS = 2000;

  private final Vertx vertx;
  private final ApiKey key;
  private final Locality locality;
  private final Instruments instruments;
  private final HttpRouter router;
  private final Certificates certificates;
  private final Invocation invocation;
  private final List<Operation> operations;
  private final List<SideDoor> sideDoors;
  private final String version;
  private final InFlight inFlight;
  private final Bodies bodies;
  private final Duration transferTimeout;
  private final CallRate rate;
  private final WrongKeys wrongKeys;
  private final Executor threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());

  Front(
      Vertx vertx,
      ServerConfig config,
      ApiKey key,
      Instruments instruments,
      HttpRouter router,
      Certificates certificates,
      Invocation invocation,
      @All List<Operation> operations,
      @All List<SideDoor> sideDoors,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.vertx = vertx;
    this.key = key;
    this.instruments = instruments;
    this.locality = new Locality(key.isUnset());
    this.router = router;
    this.certificates = certificates;
    this.invocation = invocation;
    this.operations = List.copyOf(operations);
    this.sideDoors = List.copyOf(sideDoors);
    this.version = version;
    this.inFlight = new InFlight(config.maxInFlight());
    this.transferTimeout = config.transferTimeout();
    long room = (long) config.maxInFlight() * HttpRouter.Request.MAX_BODY;
    this.bodies = new Bodies(vertx, transferTimeout, room);
    this.rate = new CallRate(config.callsPerSecond(), Duration.ofSeconds(1), clock);
    this.wrongKeys = new WrongKeys(clock);
  }

  /** Requires that no key of a side door can be guessed. */
  void requireKeys() {
    sideDoors.forEach(SideDoor::require);
  }

  /** The requests in progress. */
  InFlight inFlight() {
    return inFlight;
  }

  /** Answers a request; called on the event loop. */
  void handle(HttpServerRequest request) {
    Optional<Problem> rejected = locality.rejected(request);
    if (rejected.isPresent()) {
      early(request, router.reply(rejected.get()));
    } else if (request.path() != null && ALIVE.contains(request.path())) {
      early(request, health());
    } else if (Instruments.isReadiness(request.path())) {
      ready(request);
    } else if (instruments.showsConsole(request)) {
      drop(request);
    } else if (Certificates.wanted(request)) {
      pull(request);
    } else {
      sideDoor(request).ifPresentOrElse(door -> enterBy(door, request), () -> enterByMain(request));
    }
  }

  private void ready(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    instruments
        .readiness(inFlight.closed())
        .runSubscriptionOn(threads)
        .subscribe()
        .with(
            reply -> context.runOnContext(on -> early(request, reply)),
            failure -> context.runOnContext(on -> request.connection().close()));
  }

  private void enterByMain(HttpServerRequest request) {
    if (key.matches(request.getHeader("authorization"), request.getHeader("x-api-key"))) {
      instruments
          .metrics(request.path())
          .ifPresentOrElse(reply -> early(request, reply), () -> admit(request, operations));
    } else {
      String ask = "Show the key: Authorization: Bearer <key>, or X-Api-Key: <key>.";
      early(request, unauthorized(request, ask, "Bearer"));
    }
  }

  private void enterBy(SideDoor door, HttpServerRequest request) {
    String ask = "Show a user name and its password: Authorization: Basic <both>.";
    door.open(request.getHeader("authorization"))
        .ifPresentOrElse(
            reachable -> admit(request, reachable),
            () -> early(request, unauthorized(request, ask, door.challenge())));
  }

  private Optional<SideDoor> sideDoor(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    return sideDoors.stream().filter(door -> door.leadsTo(path)).findFirst();
  }

  /** Answers what is no HTTP that can be read; then the connection is of no use. */
  void handleBroken(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem = Problem.of(414, "The request line is too long.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem = Problem.of(431, "The headers are too large.");
    } else {
      problem = Problem.of(400, "The request is not well-formed HTTP.");
    }
    send(request.response(), router.reply(problem))
        .onComplete(sent -> request.connection().close());
  }

  private HttpRouter.Reply unauthorized(HttpServerRequest request, String what, String challenge) {
    Duration wait = wrongKeys.from(address(request));
    if (wait.isPositive()) {
      return tooMany("Too many wrong keys from your address.", wait);
    }
    return router.reply(Problem.of(401, what)).with("www-authenticate", challenge);
  }

  private static String address(HttpServerRequest request) {
    SocketAddress from = request.remoteAddress();
    return from == null ? "" : Objects.requireNonNullElse(from.hostAddress(), "");
  }

  private HttpRouter.Reply tooMany(String what, Duration wait) {
    long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
    return router.reply(Problem.of(429, what)).with("retry-after", "" + seconds);
  }

  /** Certificates have keys of their own, and their requests no bodies. */
  private void pull(HttpServerRequest request) {
    Duration wait = rate.take();
    if (wait.isPositive()) {
      early(request, tooMany("Too many requests a second.", wait));
      return;
    }
    if (!inFlight.enter()) {
      early(request, busy());
      return;
    }
    Context context = vertx.getOrCreateContext();
    certificates
        .answer(request)
        .runSubscriptionOn(threads)
        .subscribe()
        .with(
            response -> context.runOnContext(on -> pulled(request, response)),
            failure -> {
              LOG.error("A pull failed", failure);
              context.runOnContext(on -> abort(request));
            });
  }

  private void pulled(HttpServerRequest request, Certificates.Response response) {
    if (response.refused()) {
      Duration wait = wrongKeys.from(address(request));
      if (wait.isPositive()) {
        inFlight.leave();
        early(request, tooMany("Too many wrong keys from your address.", wait));
        return;
      }
    }
    finish(
        request,
        () -> {
          HttpServerResponse to = request.response().setStatusCode(response.status());
          response.headers().forEach(to::putHeader);
          return response.body() == null ? to.end() : to.end(response.body());
        });
  }

  private void admit(HttpServerRequest request, List<Operation> reachable) {
    Duration wait = rate.take();
    if (wait.isPositive()) {
      early(request, tooMany("Too many requests a second.", wait));
    } else {
      read(request, reachable);
    }
  }

  private void read(HttpServerRequest request, List<Operation> reachable) {
    Optional<String> repeated = HttpRouter.repeated(request.query());
    if (repeated.isPresent()) {
      early(request, router.reply(HttpRouter.givenTwice(repeated.get())));
      return;
    }
    Context context = vertx.getOrCreateContext();
    bodies
        .read(request)
        .map(body -> call(request, body))
        .onSuccess(call -> enter(request, call, reachable, context))
        .onFailure(failure -> reject(request, failure));
  }

  /** Only complete requests take a slot, because senders may be slow. */
  private void enter(
      HttpServerRequest request,
      HttpRouter.Request call,
      List<Operation> reachable,
      Context context) {
    if (inFlight.enter()) {
      answer(request, call, reachable, context);
    } else {
      early(request, busy());
    }
  }

  private void reject(HttpServerRequest request, Throwable failure) {
    if (request.response().closed()) {
      return;
    }
    if (failure instanceof Bodies.RejectedException rejected) {
      HttpRouter.Reply reply = router.reply(rejected.problem());
      early(request, reply.status() == 503 ? reply.with("retry-after", "1") : reply);
      // Vert.x closes the connection of a broken body right after this.
      Connections.flush(request);
    } else if (failure instanceof IllegalArgumentException) {
      early(request, router.reply(Problem.of(400, "The query has a broken percent escape.")));
    }
  }

  private static HttpRouter.Request call(HttpServerRequest request, Buffer body) {
    return new HttpRouter.Request(
        request.method().name(),
        Objects.requireNonNullElse(request.path(), "/"),
        texts(request.headers(), true),
        texts(request.params(), false),
        body.getBytes());
  }

  private void answer(
      HttpServerRequest request,
      HttpRouter.Request call,
      List<Operation> reachable,
      Context context) {
    Uni.createFrom()
        .deferred(() -> router.answer(reachable, call, invocation.deadline()))
        .runSubscriptionOn(threads)
        .subscribe()
        .with(
            reply -> context.runOnContext(on -> finish(request, reply)),
            failure -> context.runOnContext(on -> abort(request)));
  }

  /** Frees the slot once the response is sent; slow readers are cut off after the time-out. */
  private void finish(HttpServerRequest request, HttpRouter.Reply reply) {
    finish(request, () -> send(request.response(), reply));
  }

  private void finish(HttpServerRequest request, Supplier<Future<Void>> send) {
    if (request.response().closed()) {
      inFlight.leave();
      return;
    }
    long timer = vertx.setTimer(transferTimeout.toMillis(), late -> Connections.cut(request));
    send.get()
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              inFlight.leave();
            });
  }

  /** Closes the connection: the router never fails, so this is a bug. */
  private void abort(HttpServerRequest request) {
    inFlight.leave();
    request.connection().close();
  }

  /** Answers at once, and drops the rest of a body for a short time only. */
  private void early(HttpServerRequest request, HttpRouter.Reply reply) {
    send(request.response(), reply);
    drop(request);
  }

  /** Drops the rest of a body, and after a short time the connection. */
  private void drop(HttpServerRequest request) {
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

  private static Future<Void> send(HttpServerResponse response, HttpRouter.Reply reply) {
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    return reply.body() == null ? response.end() : response.end(reply.body());
  }

  private HttpRouter.Reply health() {
    return inFlight.closed()
        ? busy()
        : new HttpRouter.Reply(
            200,
            Map.of("content-type", "application/json", "cache-control", "no-store"),
            "{\"status\":\"ok\",\"version\":\"" + version + "\"}");
  }

  private HttpRouter.Reply busy() {
    String why = inFlight.closed() ? "The server is shutting down." : "Too many requests at once.";
    return router.reply(Problem.of(503, why)).with("retry-after", "1");
  }

  private static Map<String, String> texts(MultiMap values, boolean lowerCase) {
    Map<String, String> texts = new HashMap<>();
    values.forEach(
        (name, value) ->
            texts.merge(
                lowerCase ? name.toLowerCase(Locale.ROOT) : name,
                value,
                (first, second) -> first + "," + second));
    return texts;
  }
}
