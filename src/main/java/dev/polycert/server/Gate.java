package dev.polycert.server;

import dev.polycert.order.ApiKey;
import dev.polycert.order.Principal;
import dev.polycert.order.use.AccessKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Identifies the caller of the API by the key that a request shows. Keys that the API has made are
 * looked up in the order book. Anybody can cause such a look-up, so look-ups have limits of their
 * own.
 */
final class Gate {
  private static final Logger LOG = Logger.getLogger(Gate.class);

  private static final String ASK =
      "Show the key: Authorization: Bearer <key>, or X-Api-Key: <key>.";

  private final Vertx vertx;
  private final FirstKey first;
  private final AccessKeys made;
  private final Tokens tokens;
  private final Responses responses;
  private final WrongKeys wrongKeys;
  private final Executor threads;
  private final InFlight looks;
  private final CallRate rate;

  Gate(
      Vertx vertx,
      ServerConfig config,
      FirstKey first,
      AccessKeys keys,
      Tokens tokens,
      Responses responses,
      WrongKeys wrongKeys,
      Executor threads,
      Clock clock) {
    this.vertx = vertx;
    this.first = first;
    this.made = keys;
    this.tokens = tokens;
    this.responses = responses;
    this.wrongKeys = wrongKeys;
    this.threads = threads;
    this.looks = new InFlight(config.maxInFlight());
    this.rate = new CallRate(config.callsPerSecond(), Duration.ofSeconds(1), clock);
  }

  /** Lets a request in with its caller, or refuses it; called on the event loop. */
  void enter(HttpServerRequest request, Consumer<Principal> in) {
    Set<String> keys = keys(request);
    if (keys.size() > 1) {
      responses.early(request, responses.severalKeys());
      return;
    }
    String shown = keys.isEmpty() ? "" : keys.iterator().next();
    if (first.matches(shown)) {
      in.accept(first.principal());
    } else if (AccessKeys.wellFormed(ApiKey.class, shown)) {
      ask(request, made.shown(ApiKey.class, shown).map(found -> found.map(ApiKey::principal)), in);
    } else if (tokens.wellFormed(shown)) {
      ask(request, tokens.principal(shown), in);
    } else {
      refuse(request);
    }
  }

  /** All keys that a request shows. An {@code Authorization} of another scheme is a proxy's. */
  private static Set<String> keys(HttpServerRequest request) {
    return Stream.concat(
            request.headers().getAll("x-api-key").stream().map(String::strip),
            request.headers().getAll("authorization").stream().map(FirstKey::bearer))
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toSet());
  }

  private void refuse(HttpServerRequest request) {
    responses.early(request, responses.unauthorized(request, ASK, "Bearer"));
  }

  private void ask(
      HttpServerRequest request, Uni<Optional<Principal>> question, Consumer<Principal> in) {
    Duration guessed = wrongKeys.before(responses.address(request));
    Duration wait = guessed.isPositive() ? guessed : rate.take();
    if (guessed.isPositive()) {
      responses.early(request, responses.tooManyKeys(guessed));
    } else if (wait.isPositive()) {
      responses.early(request, responses.tooManyCalls(wait));
    } else if (!looks.enter()) {
      responses.early(request, responses.busy(looks));
    } else {
      look(request, question, in);
    }
  }

  private void look(
      HttpServerRequest request, Uni<Optional<Principal>> question, Consumer<Principal> in) {
    Context context = vertx.getOrCreateContext();
    // The body must not arrive before its reader is there.
    request.pause();
    question
        .runSubscriptionOn(threads)
        .subscribe()
        .with(
            caller -> context.runOnContext(on -> answered(request, caller, in)),
            failure -> {
              LOG.error("A key could not be looked up", failure);
              context.runOnContext(on -> unanswered(request));
            });
  }

  private void answered(
      HttpServerRequest request, Optional<Principal> caller, Consumer<Principal> in) {
    looks.leave();
    caller.ifPresentOrElse(in, () -> refuse(request));
    request.resume();
  }

  private void unanswered(HttpServerRequest request) {
    looks.leave();
    responses.early(request, responses.unknown());
    request.resume();
  }
}
