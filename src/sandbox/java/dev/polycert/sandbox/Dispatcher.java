package dev.polycert.sandbox;

import io.quarkus.arc.All;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Brings each request to the vendor that it is for, one at a time, and lets faults happen. */
@ApplicationScoped
class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int BODY_LIMIT = 1 << 20;
  private static final String LONG_AGO = "Thu, 01 Jan 2015 00:00:00 GMT";

  private final Vertx vertx;
  private final SandboxWorld world;
  private final Settings settings;
  private final Faults faults;
  private final Calls calls;
  private final Subjects subjects;
  private final Journal journal;
  private final ControlApi control;
  private final List<VendorEmulator> emulators;
  private final Wire wire;

  /** Certificates take time to make: turns are taken off the event loop. */
  private final ExecutorService turns =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("sandbox").factory());

  Dispatcher(
      Vertx vertx,
      SandboxWorld world,
      Settings settings,
      Faults faults,
      Calls calls,
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
    this.wire = new Wire(vertx);
  }

  /**
   * What is sent back: an answer after a time, or nothing and a closed connection.
   *
   * @param wire what goes wrong while it is sent; {@code SLOW} when nothing more does
   */
  private record Reaction(Optional<SandboxReply> reply, Duration after, Fault.Kind wire) {

    static Reaction now(SandboxReply reply) {
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
          SandboxRequest read = read(request, body);
          turns.execute(
              () -> {
                Reaction reaction = react(read, arrival);
                context.runOnContext(loop -> send(request, reaction));
              });
        });
  }

  private static SandboxRequest read(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
    String uri = request.uri();
    int mark = uri.indexOf('?');
    return new SandboxRequest(
        request.method().name(),
        mark < 0 ? uri : uri.substring(0, mark),
        mark < 0 ? "" : uri.substring(mark + 1),
        headers,
        body.getBytes());
  }

  private Reaction react(SandboxRequest request, Instant arrival) {
    try {
      return request.path().startsWith(ControlApi.PREFIX)
          ? Reaction.now(control.handle(request))
          : call(request, arrival);
    } catch (RuntimeException e) {
      LOG.error("The sandbox failed at " + request.method() + " " + request.path(), e);
      return Reaction.now(error(500, "the sandbox itself failed; its log says why"));
    }
  }

  private Reaction call(SandboxRequest request, Instant arrival) {
    return emulators.stream()
        .filter(emulator -> emulator.accepts(request))
        .findFirst()
        .map(emulator -> call(emulator, request, arrival))
        .orElseGet(
            () -> Reaction.now(error(404, "no emulated vendor knows a request like this one")));
  }

  private Reaction call(VendorEmulator emulator, SandboxRequest request, Instant arrival) {
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
            operation,
            subject,
            fault.map(Fault::kind),
            world.throttled()));
    return reaction;
  }

  private SandboxReply handle(
      VendorEmulator emulator, SandboxRequest request, Optional<Fault> fault, String subject) {
    SandboxReply reply = emulator.handle(request);
    // Nobody caches that he had no time. Of a write it would say that nothing was done.
    return world.throttled()
        ? reply
        : faults.recall(
            fault, emulator.provider(), emulator.operation(request), subject, world.now(), reply);
  }

  /** What comes of a fault that keeps the vendor from doing anything; empty for another fault. */
  private Optional<Reaction> instead(Fault fault, VendorEmulator emulator, SandboxRequest request) {
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

  private static SandboxReply hinted(Fault fault, SandboxReply reply) {
    return fault
        .retryAfter()
        .map(time -> Distortion.with(reply, "Retry-After", "" + time.toSeconds()))
        .orElse(reply);
  }

  private static SandboxReply refused(
      Fault.Refusal refusal, VendorEmulator emulator, SandboxRequest request) {
    SandboxReply reply =
        emulator.refusal(request, refusal.status(), refusal.code(), refusal.message());
    return refusal.requestId().map(id -> Distortion.withRequestId(reply, id)).orElse(reply);
  }

  /** What comes of the vendor's answer under a fault. */
  private Reaction after(Optional<Fault> fault, SandboxReply reply) {
    return fault.map(hit -> after(hit, reply)).orElseGet(() -> delayed(reply));
  }

  private Reaction after(Fault fault, SandboxReply reply) {
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

  private Reaction delayed(SandboxReply reply) {
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
            reply -> wire.send(request, reply, reaction.wire(), world.wallClock()),
            () -> request.connection().close());
  }

  private static SandboxReply error(int status, String reason) {
    return SandboxReply.json(status, new JsonObject().put("error", reason).encode());
  }
}
