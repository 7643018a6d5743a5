package dev.polycert.vendor.acme;

import dev.polycert.call.Failure;
import dev.polycert.call.Breaker;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HttpConfig;
import dev.polycert.call.VendorError;
import dev.polycert.rate.TokenBucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Makes the calls at one CA: no faster than its limits, so many at a time, each with a session of
 * its own for as long as it takes. Sessions are used again, the last one first, because each holds
 * a nonce that saves a request.
 *
 * <p>A CA that does not answer is spared, as the vendors are; one that says that calls come too
 * fast gets fewer of them.
 *
 * <p>Every method blocks its (virtual) thread. Reads are repeated when the error's class says so, a
 * write only when it had no effect; after any other failure that leaves doubt a write ends {@link
 * Failure.Unclear}.
 */
final class AcmeCalls {
  /** What "nothing took effect" may cost: acme4j itself has then tried ten nonces each time. */
  private static final int NONCE_ATTEMPTS = 10;

  private final String scope;
  private final CaServer server;
  private final Map<String, Double> limits;
  private final HttpConfig http;
  private final TokenBucket tokens;
  private final Clock clock;
  private final RandomGenerator random;
  private final Semaphore turns;
  private final Breaker breaker;
  private final Deque<Pooled> idle = new ConcurrentLinkedDeque<>();

  AcmeCalls(
      String scope,
      CaServer server,
      Map<String, Double> limits,
      int concurrency,
      HttpConfig http,
      TokenBucket tokens,
      Clock clock,
      RandomGenerator random) {
    this.scope = scope;
    this.server = server;
    this.limits = Map.copyOf(limits);
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
    this.random = random;
    this.turns = new Semaphore(concurrency);
    this.breaker = new Breaker(http.breakerFailures(), http.breakerPause());
  }

  /** What is to be done with a session; nothing of acme4j's that is bound to it may leave. */
  @FunctionalInterface
  interface Call<T> {
    T on(Session session, Exchange exchange) throws AcmeException;
  }

  private record Pooled(Session session, Exchange exchange) {}

  /** A call that changes nothing, or nothing more when it is repeated. */
  <T> T read(String operation, CallContext context, Call<T> call) throws Ended {
    return make(operation, false, context, call);
  }

  /** A call that changes something at the CA. */
  <T> T write(String operation, CallContext context, Call<T> call) throws Ended {
    return make(operation, true, context, call);
  }

  private <T> T make(String operation, boolean writes, CallContext context, Call<T> call)
      throws Ended {
    for (int attempt = 1; ; attempt++) {
      requireUp(breaker.closedUntil(clock.instant()));
      takeToken(operation, context);
      VendorError error;
      Pooled pooled = borrow(operation, context);
      try {
        requireUp(breaker.enter(clock.instant()));
        pooled.exchange.begin(context.deadline());
        T answer = call.on(pooled.session, pooled.exchange);
        answered(pooled.exchange);
        return answer;
      } catch (AcmeException | RuntimeException failure) {
        // What acme4j has not foreseen in an answer, it trips over in any way.
        error = AcmeFailures.of(failure, pooled.exchange);
        note(operation, context, error, pooled.exchange);
      } finally {
        idle.addFirst(pooled);
        turns.release();
      }
      Duration pause =
          pause(writes, attempt, error, context).orElseThrow(unrepeatable(writes, error));
      sleep(pause);
    }
  }

  private void requireUp(Optional<Instant> closedUntil) throws Ended {
    if (closedUntil.isPresent()) {
      throw new Ended(Breaker.down("the CA", clock.instant(), closedUntil.get()));
    }
  }

  private void note(String operation, CallContext context, VendorError error, Exchange exchange) {
    if (AcmeFailures.down(error, exchange)) {
      // Cut off by the end of the step, it says nothing of the CA.
      if (exchange.left().isPositive()) {
        breaker.failed(context, clock.instant());
      }
    } else {
      answered(exchange);
    }
    if (error.code().equals(AcmeErrors.RATE_LIMITED)) {
      tokens.refused(scope + "/" + operation);
    }
  }

  /** What is known of the directory needs no request. */
  private void answered(Exchange exchange) {
    if (exchange.status() == 0) {
      breaker.unused(clock.instant());
    } else {
      breaker.answered();
    }
  }

  private void takeToken(String operation, CallContext context) throws Ended {
    double limit = limits.getOrDefault(operation, limits.getOrDefault("*", 10.0));
    Optional<Instant> notBefore =
        tokens.take(scope + "/" + operation, limit, context.deadline()).await().indefinitely();
    if (notBefore.isPresent()) {
      throw deferred(notBefore.get(), "the rate limit of " + operation);
    }
  }

  private Pooled borrow(String operation, CallContext context) throws Ended {
    try {
      Duration left = Duration.between(clock.instant(), context.deadline());
      if (!left.isPositive() || !turns.tryAcquire(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
        throw deferred(clock.instant(), "the time for this request, before " + operation + ",");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw deferred(clock.instant(), "the time of this process");
    }
    Pooled pooled = idle.pollFirst();
    if (pooled != null) {
      return pooled;
    }
    try {
      Exchange exchange = new Exchange(clock);
      return new Pooled(server.session(exchange), exchange);
    } catch (IllegalArgumentException noAddress) {
      turns.release();
      throw new Ended(
          new Failure.Refused(
              new VendorError(
                  ErrorClass.CREDENTIALS,
                  "Setting.Invalid",
                  "the directory of " + scope + " must be an http or https address")));
    }
  }

  private static Ended deferred(Instant notBefore, String what) {
    return new Ended(new Failure.Deferred(notBefore, what + " is used up for now"));
  }

  private static Supplier<Ended> unrepeatable(boolean writes, VendorError error) {
    boolean doubt =
        writes && error.errorClass() == ErrorClass.RETRY && !AcmeFailures.neverSent(error);
    return () -> new Ended(doubt ? new Failure.Unclear(error) : new Failure.Refused(error));
  }

  /** Exponential with full jitter, never under what the CA asked for; empty: give up. */
  private Optional<Duration> pause(
      boolean writes, int attempt, VendorError error, CallContext context) {
    boolean nonce = error.code().equals(AcmeErrors.BAD_NONCE);
    boolean again =
        error.errorClass() == ErrorClass.THROTTLED
            || (error.errorClass() == ErrorClass.RETRY
                && (!writes || AcmeFailures.neverSent(error)));
    if (!again
        || attempt >= (nonce ? NONCE_ATTEMPTS : http.attempts())
        || breaker.closedUntil(clock.instant()).isPresent()) {
      return Optional.empty();
    }
    long ceiling =
        nonce
            ? 1
            : Math.min(
                http.maxBackoff().toMillis(),
                http.backoff().toMillis() << Math.min(attempt - 1, 20));
    Duration pause = Duration.ofMillis(1 + random.nextLong(Math.max(1, ceiling)));
    Duration asked = error.retryAfter();
    if (asked != null && asked.compareTo(pause) > 0) {
      pause = asked;
    }
    return clock.instant().plus(pause).isBefore(context.deadline())
        ? Optional.of(pause)
        : Optional.empty();
  }

  /** Waits on this virtual thread. */
  static void sleep(Duration pause) throws Ended {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Ended(
          new Failure.Refused(
              new VendorError(ErrorClass.RETRY, "Stopped", "this process is being stopped")));
    }
  }
}
