package dev.polycert.server;

import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Problem;
import dev.polycert.function.invocation.Route;
import dev.polycert.metric.Metrics;
import dev.polycert.metric.PrometheusMetrics;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves people and monitors beside the API: the console, readiness, metrics, events. */
@ApplicationScoped
public class Instruments {
  static final Route METRICS = new Route("GET", "/metrics", Scope.READ);
  static final Route EVENTS = new Route("GET", Events.PATH, Scope.READ);

  private final Console console;
  private final Health health;
  private final Metrics metrics;
  private final HttpRouter router;
  private final Events events;

  Instruments(Console console, Health health, Metrics metrics, HttpRouter router, Events events) {
    this.events = events;
    this.console = console;
    this.health = health;
    this.metrics = metrics;
    this.router = router;
  }

  /** Answers a request for one of the console's files; false for all others. */
  boolean showsConsole(HttpServerRequest request) {
    return console.answers(request);
  }

  static boolean isReadiness(@Nullable String path) {
    return "/health/ready".equals(path);
  }

  /** For callers without a key: the checks name no order, no account and no address. */
  Uni<HttpRouter.Reply> readiness(boolean closing) {
    return health.checks().map(checks -> readiness(checks, closing));
  }

  private HttpRouter.Reply readiness(Map<String, String> checks, boolean closing) {
    boolean ready = Health.ready(checks) && !closing;
    return router.status(ready ? 200 : 503, ready ? "ok" : "not ready", checks);
  }

  static boolean isListener(@Nullable String path) {
    return Events.wanted(path);
  }

  /**
   * Lets a request listen to events of all accounts and domains, or answers with the reason why
   * not.
   */
  Optional<HttpRouter.Reply> listen(HttpServerRequest request, Principal caller) {
    if (!caller.has(EVENTS.scope())) {
      return Optional.of(router.reply(Problem.outOfScope(EVENTS, caller)));
    }
    return caller.limited()
        ? Optional.of(
            router.reply(
                Problem.of(403, "Events are not for keys that are limited: ask for the orders.")))
        : events.open(request);
  }

  /** Ends the streams of events, which do not end by themselves. */
  void close() {
    events.close();
  }

  /** The metrics, for a request that asks for them. They are of all accounts and domains. */
  Optional<HttpRouter.Reply> metrics(@Nullable String path, Principal caller) {
    if (!METRICS.path().equals(path) || !(metrics instanceof PrometheusMetrics kept)) {
      return Optional.empty();
    }
    if (!caller.has(METRICS.scope())) {
      return Optional.of(router.reply(Problem.outOfScope(METRICS, caller)));
    }
    return Optional.of(
        caller.limited()
            ? router.reply(Problem.of(403, "The metrics are not for keys that are limited."))
            : HttpRouter.Reply.text(PrometheusMetrics.MEDIA_TYPE, kept.text()));
  }
}
