package dev.polycert.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Lets machines with pull keys in. Their keys are looked up in the order book, which anybody can
 * ask for: so these requests have limits of their own, and take nothing from the API and the sweep.
 */
final class PullDoor {
  private static final Logger LOG = Logger.getLogger(PullDoor.class);

  private final Vertx vertx;
  private final Certificates certificates;
  private final Responses responses;
  private final WrongKeys wrongKeys;
  private final Executor threads;
  private final InFlight inFlight;
  private final CallRate rate;

  PullDoor(
      Vertx vertx,
      ServerConfig config,
      Certificates certificates,
      Responses responses,
      WrongKeys wrongKeys,
      Executor threads,
      Clock clock) {
    this.vertx = vertx;
    this.certificates = certificates;
    this.responses = responses;
    this.wrongKeys = wrongKeys;
    this.threads = threads;
    this.inFlight = new InFlight(config.maxInFlight());
    this.rate = new CallRate(config.callsPerSecond(), Duration.ofSeconds(1), clock);
  }

  /** The pulls in progress. */
  InFlight inFlight() {
    return inFlight;
  }

  /** Answers a request; called on the event loop. */
  void enter(HttpServerRequest request) {
    Duration guessed = wrongKeys.before(responses.address(request));
    if (guessed.isPositive()) {
      responses.early(request, responses.tooManyKeys(guessed));
    } else if (Certificates.showsKey(request)) {
      admit(request);
    } else {
      refuse(request);
    }
  }

  private void refuse(HttpServerRequest request) {
    responses.early(request, responses.unauthorized(request, Certificates.ASK, "Bearer"));
  }

  private void admit(HttpServerRequest request) {
    Duration wait = rate.take();
    if (wait.isPositive()) {
      responses.early(request, responses.tooManyCalls(wait));
    } else if (inFlight.enter()) {
      pull(request);
    } else {
      responses.early(request, responses.busy(inFlight));
    }
  }

  private void pull(HttpServerRequest request) {
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
      inFlight.leave();
      refuse(request);
      return;
    }
    responses.finish(
        request,
        inFlight,
        () -> {
          HttpServerResponse to = request.response().setStatusCode(response.status());
          response.headers().forEach(to::putHeader);
          return response.body() == null ? to.end() : to.end(response.body());
        });
  }

  private void abort(HttpServerRequest request) {
    inFlight.leave();
    request.connection().close();
  }
}
