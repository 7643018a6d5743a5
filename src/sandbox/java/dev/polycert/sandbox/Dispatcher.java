package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
import io.quarkus.arc.All;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Gives each request to its vendor, one at a time, and applies the faults that are set. */
@ApplicationScoped
class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int BODY_LIMIT = 1 << 20;
  private static final String LONG_AGO = "Thu, 01 Jan 2015 00:00:00 GMT";

  private final Vertx vertx;
  private final World world;
  private final Settings settings;
  private final Faults faults;
  private final CallCounts calls;
  private final Subjects subjects;
  private final Journal journal;
  private final ControlApi control;
  private final List<VendorEmulator> emulators;
  private final ReplySender sender;

  /** Certificates take time to make, so requests are handled off the event loop. */
  private final ExecutorService turns =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("sandbox").factory());

  Dispatcher(
      Vertx vertx,
      World world,
      Settings settings,
      Faults faults,
      CallCounts calls,
      Subjects subjects,
      Journal journal,
      ControlApi control,
      @All List<VendorEmulator> emulators) {
    this.vertx = vertx;
    this.world = world;
    this.settings = settings;
    this.faults = faults;
    this.calls = calls;
    this.subjects = subjects;
    this.journal = journal;
    this.control = control;
    this.emulators = emulators;
    this.sender = new ReplySender(vertx);
  }

  /**
   * What is sent back: an answer after a delay, or nothing and a closed connection.
   *
   * @param wire what goes wrong while it is sent; {@code SLOW} when nothing does
   */
  private record Reaction(Optional<Reply> reply, Duration after, Fault.Kind wire) {

    static Reaction now(Reply reply) {
      return new Reaction(Optional.of(reply), Duration.ZERO, Fault.Kind.SLOW);
    }

    static Reaction hangUp() {
      return new Reaction(Optional.empty(), Duration.ZERO, Fault.Kind.SLOW);
    }

    Reaction broken(Fault.Kind kind) {
      return new Reaction(reply, after, kind);
    }
  }

  @PreDestroy
  void stop() {
    turns.shutdownNow();
  }

  void handle(HttpServerRequest request) {
    if (LocalPages.admitted(request)) {
      return;
    }
    Instant arrival = world.wallClock();
    Context context = vertx.getOrCreateContext();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= BODY_LIMIT) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (body.length() > BODY_LIMIT) {
            send(request, Reaction.now(error(413, "the body is larger than 1 MiB")));
            return;
          }
          Request read = read(request, body);
          turns.execute(
              () -> {
                Reaction reaction = react(read, arrival);
                context.runOnContext(loop -> send(request, reaction));
              });
        });
  }

  private static Request read(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
    String uri = request.uri();
    int mark = uri.indexOf('?');
    return new Request(
        request.method().name(),
        mark < 0 ? uri : uri.substring(0, mark),
        mark < 0 ? "" : uri.substring(mark + 1),
        headers,
        body.getBytes());
  }

  private Reaction react(Request request, Instant arrival) {
    try {
      world.begin(arrival, false);
      return request.path().startsWith(ControlApi.PREFIX)
          ? Reaction.now(control.handle(request))
          : call(request, arrival);
    } catch (RuntimeException e) {
      LOG.error("The sandbox failed at " + request.method() + " " + request.path(), e);
      return Reaction.now(error(500, "the sandbox itself failed; its log says why"));
    }
  }

  private Reaction call(Request request, Instant arrival) {
    return first(emulator -> emulator.accepts(request))
        .or(() -> first(emulator -> emulator.reads(request)))
        .map(emulator -> call(emulator, request, arrival))
        .orElseGet(
            () -> Reaction.now(error(404, "no emulated vendor knows a request like this one")));
  }

  private Optional<VendorEmulator> first(Predicate<VendorEmulator> fits) {
    return emulators.stream().filter(fits).findFirst();
  }

  private Reaction call(VendorEmulator emulator, Request request, Instant arrival) {
    String operation = emulator.operation(request);
    calls.count(emulator.provider(), operation);
    boolean watched = journal.kept() || faults.waiting();
    String subject = watched ? subjects.of(request) : "";
    Optional<Fault> fault = faults.take(emulator.provider(), operation, subject, world.wallClock());
    world.begin(arrival, fault.filter(f -> f.kind() == Fault.Kind.THROTTLE).isPresent());
    Reaction reaction =
        fault
            .flatMap(instead -> instead(instead, emulator, request))
            .orElseGet(() -> after(fault, handle(emulator, request, fault, subject)));
    journal.add(
        new Journal.Entry(
            arrival,
            emulator.provider(),
            world.account(),
            operation,
            subject,
            journal.kept() ? sent(request) : "",
            fault.map(Fault::kind),
            world.throttled()));
    return reaction;
  }

  private static String sent(Request request) {
    return request.path()
        + "?"
        + request.rawQuery()
        + "\n"
        + new String(request.body(), StandardCharsets.UTF_8);
  }

  private Reply handle(
      VendorEmulator emulator, Request request, Optional<Fault> fault, String subject) {
    Reply reply = emulator.handle(request);
    // Caches hold no refusals: a stale one after a write would say that nothing was done.
    return world.throttled()
        ? reply
        : faults.recall(
            fault, emulator.provider(), emulator.operation(request), subject, world.now(), reply);
  }

  /** The reaction to a fault that keeps the vendor from acting; empty for any other fault. */
  private Optional<Reaction> instead(Fault fault, VendorEmulator emulator, Request request) {
    return switch (fault.kind()) {
      case RESET_BEFORE -> Optional.of(Reaction.hangUp());
      case INTERNAL -> Optional.of(delayed(emulator.internalError(request)));
      case CODE ->
          Optional.of(
              delayed(hinted(fault, refused(fault.refusal().orElseThrow(), emulator, request))));
      case ECHO -> {
        Fault.Refusal echo = fault.refusal().orElseThrow().repeating(request);
        yield Optional.of(delayed(refused(echo, emulator, request)));
      }
      case HTML -> Optional.of(delayed(Distortion.html()));
      case UNAVAILABLE -> Optional.of(delayed(hinted(fault, Distortion.unavailable())));
      case REDIRECT -> Optional.of(delayed(Distortion.redirect()));
      default -> Optional.empty();
    };
  }

  private static Reply hinted(Fault fault, Reply reply) {
    return fault
        .retryAfter()
        .map(time -> Distortion.with(reply, "Retry-After", "" + time.toSeconds()))
        .orElse(reply);
  }

  private static Reply refused(Fault.Refusal refusal, VendorEmulator emulator, Request request) {
    Reply reply = emulator.refusal(request, refusal.status(), refusal.code(), refusal.message());
    return refusal.requestId().map(id -> Distortion.withRequestId(reply, id)).orElse(reply);
  }

  /** The vendor's answer, changed by the fault if there is one. */
  private Reaction after(Optional<Fault> fault, Reply reply) {
    return fault.map(hit -> after(hit, reply)).orElseGet(() -> delayed(reply));
  }

  private Reaction after(Fault fault, Reply reply) {
    return switch (fault.kind()) {
      case RESET_AFTER -> Reaction.hangUp();
      case SLOW -> new Reaction(Optional.of(reply), fault.delay(), Fault.Kind.SLOW);
      case THROTTLE -> delayed(hinted(fault, reply));
      case MALFORMED -> delayed(Distortion.halved(reply));
      case OVERSIZE -> delayed(Distortion.oversized(reply));
      case NO_REQUEST_ID -> delayed(Distortion.withoutRequestId(reply));
      case GZIP_BOMB -> delayed(Distortion.gzipBomb(reply));
      case DEEP_JSON -> delayed(Distortion.deep(reply));
      case WRONG_TYPES -> delayed(Distortion.retyped(reply));
      case DUPLICATE_KEYS -> delayed(Distortion.doubled(reply));
      case WRONG_DATE -> delayed(Distortion.with(reply, "Date", LONG_AGO));
      case EDIT -> delayed(Distortion.edited(reply, fault.edit().orElseThrow()));
      default -> delayed(reply).broken(fault.kind());
    };
  }

  private Reaction delayed(Reply reply) {
    return new Reaction(Optional.of(reply), settings.latency(), Fault.Kind.SLOW);
  }

  private void send(HttpServerRequest request, Reaction reaction) {
    if (reaction.after().isPositive()) {
      vertx.setTimer(
          reaction.after().toMillis(),
          late -> send(request, new Reaction(reaction.reply(), Duration.ZERO, reaction.wire())));
      return;
    }
    reaction
        .reply()
        .ifPresentOrElse(
            reply -> sender.send(request, reply, reaction.wire(), world.wallClock()),
            () -> request.connection().close());
  }

  private static Reply error(int status, String reason) {
    return Reply.json(status, new JsonObject().put("error", reason).encode());
  }
}
