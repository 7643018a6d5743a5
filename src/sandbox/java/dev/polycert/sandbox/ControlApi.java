package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
import io.quarkus.arc.All;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Controls the sandbox: requests to {@code /_sandbox/…} set up its state and report what happened
 * in it.
 */
@ApplicationScoped
class ControlApi {
  static final String PREFIX = "/_sandbox/";

  private final World world;
  private final Settings settings;
  private final Faults faults;
  private final CallCounts calls;
  private final Ledger ledger;
  private final Journal journal;
  private final Publisher publisher;
  private final List<VendorEmulator> emulators;

  ControlApi(
      World world,
      Settings settings,
      Faults faults,
      CallCounts calls,
      Ledger ledger,
      Journal journal,
      Publisher publisher,
      @All List<VendorEmulator> emulators) {
    this.world = world;
    this.settings = settings;
    this.faults = faults;
    this.calls = calls;
    this.ledger = ledger;
    this.journal = journal;
    this.publisher = publisher;
    this.emulators = emulators;
  }

  Reply handle(Request request) {
    try {
      return route(request);
    } catch (ControlException e) {
      return json(
          e.status(), new JsonObject().put("error", e.getMessage()).put("field", e.field()));
    }
  }

  private Reply route(Request request) {
    String path = request.path().substring(PREFIX.length());
    return switch (request.method() + " " + path) {
      case "PUT dns" -> done(publisher.setDns(ControlBody.many(request.body())));
      case "DELETE dns" -> done(publisher.removeDns(ControlBody.many(request.body())));
      case "GET dns" -> json(200, publisher.dns());
      case "PUT files" -> done(publisher.setFiles(ControlBody.many(request.body())));
      case "POST publish" -> done(publisher.publish(ControlBody.of(request.body())));
      case "GET ledger" -> json(200, ledger.json());
      case "POST journal" -> beginJournal();
      case "GET journal" -> json(200, journal.json());
      case "GET calls" -> json(200, calls.json());
      case "GET ca" -> json(200, new JsonObject().put("root", world.rootPem()));
      case "POST faults" -> addFaults(ControlBody.many(request.body()));
      case "DELETE faults" -> clearFaults();
      case "PUT settings" -> changeSettings(ControlBody.of(request.body()));
      case "POST clock" -> advance(ControlBody.of(request.body()));
      case "POST reset" -> reset();
      default -> vendor(request, path);
    };
  }

  private Reply addFaults(List<ControlBody> bodies) {
    List<Fault> parsed = bodies.stream().map(this::fault).toList();
    parsed.forEach(faults::add);
    return done(parsed.size());
  }

  /** A fault of a provider that is not emulated would never hit. */
  private Fault fault(ControlBody body) {
    body.optionalText("provider")
        .filter(id -> emulators.stream().noneMatch(emulator -> emulator.provider().equals(id)))
        .ifPresent(
            id -> {
              throw new ControlException(
                  400,
                  "provider",
                  "must be one of %s, not %s"
                      .formatted(
                          emulators.stream()
                              .map(VendorEmulator::provider)
                              .sorted()
                              .distinct()
                              .toList(),
                          id));
            });
    return Fault.of(body, world.wallClock());
  }

  private Reply clearFaults() {
    faults.reset();
    return done(1);
  }

  private Reply beginJournal() {
    journal.begin();
    return done(1);
  }

  private Reply changeSettings(ControlBody body) {
    settings.change(body);
    return done(1);
  }

  private Reply advance(ControlBody body) {
    body.duration("advance")
        .filter(by -> !by.isNegative())
        .ifPresentOrElse(
            world::advance,
            () -> {
              throw new ControlException(
                  400, "advance", "must be a duration of at least zero, such as PT48H");
            });
    return json(200, new JsonObject().put("now", world.now().toString()));
  }

  private Reply reset() {
    settings.reset();
    faults.reset();
    calls.reset();
    journal.end();
    world.reset();
    return done(1);
  }

  private Reply vendor(Request request, String path) {
    return emulators.stream()
        .filter(emulator -> path.startsWith(emulator.provider() + "/"))
        .findFirst()
        .map(
            emulator ->
                emulator.control(
                    request.method(),
                    path.substring(emulator.provider().length() + 1),
                    ControlBody.of(request.body())))
        .orElseThrow(
            () ->
                new ControlException(
                    404,
                    "path",
                    "nothing is at "
                        + request.method()
                        + " "
                        + request.path()
                        + "; there are PUT dns, DELETE dns, GET dns, PUT files, POST publish, GET"
                        + " ledger, POST journal, GET journal, GET calls, GET ca, POST faults,"
                        + " DELETE faults, PUT settings, POST clock and POST reset"));
  }

  private static Reply done(int count) {
    return json(200, new JsonObject().put("done", count));
  }

  private static Reply json(int status, JsonObject body) {
    return Reply.json(status, body.encode());
  }
}
