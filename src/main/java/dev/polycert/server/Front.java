package dev.polycert.server;

import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Problem;
import dev.polycert.function.invocation.SideDoor;
import dev.polycert.order.Principal;
import dev.polycert.order.use.AccessKeys;
import dev.polycert.startup.StartupCheck;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Handles requests on the event loop: identifies the caller, checks the limits, then passes them to
 * the router, which answers API Gateway's events too.
 */
@ApplicationScoped
public class Front {
  private static final Set<String> ALIVE = Set.of("/health", "/health/live");

  private final Vertx vertx;
  private final Gate gate;
  private final Tokens tokens;
  private final Locality locality;
  private final Instruments instruments;
  private final HttpRouter router;
  private final Invocation invocation;
  private final List<Operation> operations;
  private final List<SideDoor> sideDoors;
  private final String version;
  private final InFlight inFlight;
  private final Bodies bodies;
  private final CallRate rate;
  private final Responses responses;
  private final PullDoor pulls;
  private final Executor threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());

  Front(
      Vertx vertx,
      ServerConfig config,
      FirstKey key,
      Instruments instruments,
      HttpRouter router,
      Certificates certificates,
      AccessKeys keys,
      Tokens tokens,
      Invocation invocation,
      @All List<Operation> operations,
      @All List<SideDoor> sideDoors,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.vertx = vertx;
    this.instruments = instruments;
    this.locality = new Locality(key.isUnset());
    this.router = router;
    this.invocation = invocation;
    this.operations = List.copyOf(operations);
    this.sideDoors = List.copyOf(sideDoors);
    this.version = version;
    this.inFlight = new InFlight(config.maxInFlight());
    long room = (long) config.maxInFlight() * HttpRouter.Request.MAX_BODY;
    this.bodies = new Bodies(vertx, config.transferTimeout(), room);
    this.rate = new CallRate(config.callsPerSecond(), Duration.ofSeconds(1), clock);
    WrongKeys wrongKeys = new WrongKeys(clock);
    this.responses = new Responses(vertx, router, wrongKeys, config);
    this.tokens = tokens;
    this.gate = new Gate(vertx, config, key, keys, tokens, responses, wrongKeys, threads, clock);
    this.pulls = new PullDoor(vertx, config, certificates, responses, wrongKeys, threads, clock);
  }

  /** A caller, and the operations that it can reach at this door. */
  private record Admission(Principal caller, List<Operation> reachable) {}

  /** Says why tokens cannot be verified, and which key of a side door could be guessed. */
  List<String> wrongKeys() {
    return Stream.concat(
            Stream.<Runnable>of(tokens::require), sideDoors.stream().map(it -> it::require))
        .flatMap(check -> StartupCheck.of(check).stream())
        .toList();
  }

  /** The requests in progress, without the pulls. */
  InFlight inFlight() {
    return inFlight;
  }

  /** Admits no more requests. */
  void close() {
    inFlight.close();
    pulls.inFlight().close();
    instruments.close();
  }

  /**
   * Blocks until no request is in progress.
   *
   * @return false when that took longer
   */
  boolean drained(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    return inFlight.drained(patience)
        && pulls.inFlight().drained(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /** Answers a request; called on the event loop. */
  void handle(HttpServerRequest request) {
    Optional<Problem> rejected = locality.rejected(request);
    if (rejected.isPresent()) {
      early(request, router.reply(rejected.get()));
    } else if (observes(path(request)) && !HttpRouter.names(request.query()).isEmpty()) {
      early(
          request,
          router.reply(
              HttpRouter.unread(
                  HttpRouter.names(request.query()), "this path takes no query; leave it out")));
    } else if (ALIVE.contains(path(request))) {
      early(request, health());
    } else if (Instruments.isReadiness(path(request))) {
      ready(request);
    } else if (instruments.showsConsole(request)) {
      responses.drop(request);
    } else if (Certificates.wanted(request)) {
      pulls.enter(request);
    } else {
      sideDoor(request)
          .ifPresentOrElse(
              door -> enterBy(door, request),
              () -> gate.enter(request, caller -> enterByMain(request, caller)));
    }
  }

  private static boolean observes(String path) {
    return ALIVE.contains(path)
        || Instruments.isReadiness(path)
        || path.equals(Instruments.METRICS.path());
  }

  /** The path of a request; a slash at its end does not matter. */
  static String path(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
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

  private void enterByMain(HttpServerRequest request, Principal caller) {
    instruments
        .metrics(path(request), caller)
        .ifPresentOrElse(reply -> early(request, reply), () -> enterWithKey(request, caller));
  }

  private void enterWithKey(HttpServerRequest request, Principal caller) {
    if (Instruments.isListener(path(request))) {
      limited(
          request, () -> instruments.listen(request, caller).ifPresent(why -> early(request, why)));
    } else {
      admit(request, new Admission(caller, operations));
    }
  }

  private void enterBy(SideDoor door, HttpServerRequest request) {
    String ask = "Show a user name and its password: Authorization: Basic <both>.";
    door.open(request.getHeader("authorization"))
        .ifPresentOrElse(
            reachable -> admit(request, new Admission(Principal.PROCESS, reachable)),
            () -> early(request, responses.unauthorized(request, ask, door.challenge())));
  }

  private Optional<SideDoor> sideDoor(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    return sideDoors.stream().filter(door -> door.leadsTo(path)).findFirst();
  }

  /** Answers a request that cannot be read as HTTP; the connection cannot be used afterwards. */
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
    Responses.send(request.response(), router.reply(problem))
        .onComplete(sent -> request.connection().close());
  }

  private void admit(HttpServerRequest request, Admission admission) {
    limited(request, () -> read(request, admission));
  }

  private void limited(HttpServerRequest request, Runnable work) {
    Duration wait = rate.take();
    if (wait.isPositive()) {
      early(request, responses.tooManyCalls(wait));
    } else {
      work.run();
    }
  }

  private void read(HttpServerRequest request, Admission admission) {
    Optional<String> repeated = HttpRouter.repeated(request.query());
    if (repeated.isPresent()) {
      early(request, router.reply(HttpRouter.givenTwice(repeated.get())));
      return;
    }
    Context context = vertx.getOrCreateContext();
    bodies
        .read(request)
        .map(body -> call(request, body))
        .onSuccess(call -> enter(request, call, admission, context))
        .onFailure(failure -> reject(request, failure));
  }

  /** Only complete requests take a slot, because senders may be slow. */
  private void enter(
      HttpServerRequest request, HttpRouter.Request call, Admission admission, Context context) {
    if (inFlight.enter()) {
      answer(request, call, admission, context);
    } else {
      early(request, responses.busy(inFlight));
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
      HttpServerRequest request, HttpRouter.Request call, Admission admission, Context context) {
    Uni.createFrom()
        .deferred(
            () -> router.answer(admission.reachable, call, admission.caller, invocation.deadline()))
        .runSubscriptionOn(threads)
        .subscribe()
        .with(
            reply -> context.runOnContext(on -> finish(request, reply)),
            failure -> context.runOnContext(on -> abort(request)));
  }

  private void finish(HttpServerRequest request, HttpRouter.Reply reply) {
    responses.finish(request, inFlight, () -> Responses.send(request.response(), reply));
  }

  private void early(HttpServerRequest request, HttpRouter.Reply reply) {
    responses.early(request, reply);
  }

  /** Closes the connection: the router never fails, so this is a bug. */
  private void abort(HttpServerRequest request) {
    inFlight.leave();
    request.connection().close();
  }

  private HttpRouter.Reply health() {
    return inFlight.closed()
        ? responses.busy(inFlight)
        : new HttpRouter.Reply(
            200,
            Map.of("content-type", "application/json", "cache-control", "no-store"),
            "{\"status\":\"ok\",\"version\":\"" + version + "\"}");
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
