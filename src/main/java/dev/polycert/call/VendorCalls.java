package dev.polycert.call;

import dev.polycert.metric.Metrics;
import dev.polycert.provider.Outcome;
import dev.polycert.rate.TokenBucket;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one provider account: a token first, then (for a write) the intent, then the
 * call, then the class of what came back decides.
 *
 * <p>Reads are repeated when the error's class says so. A write is repeated here only when it was
 * throttled, which means that nothing took effect; after any other failure that leaves doubt it
 * ends {@link Outcome.Unclear}, and the caller looks before it sends again.
 */
public final class VendorCalls {
  private static final Logger LOG = Logger.getLogger(VendorCalls.class);

  private final String scope;
  private final String service;
  private final Map<String, Double> limits;
  private final HttpConfig config;
  private final TokenBucket tokens;
  private final Metrics metrics;
  private final Clock clock;
  private final RandomGenerator random;
  private final VendorClock vendorClock;
  private final Breaker breaker;

  VendorCalls(
      String scope,
      Map<String, Double> limits,
      HttpConfig config,
      TokenBucket tokens,
      Metrics metrics,
      Clock clock,
      RandomGenerator random) {
    this.scope = scope;
    this.service = scope.replaceFirst("/.*", "");
    this.limits = Map.copyOf(limits);
    this.config = config;
    this.tokens = tokens;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
    this.vendorClock = new VendorClock(clock);
    this.breaker = new Breaker(config.breakerFailures(), config.breakerPause());
  }

  /** The clock to sign by: the vendor's, once it has refused this machine's. */
  public Clock clock() {
    return vendorClock;
  }

  /** A call that changes nothing at the vendor. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return attempt(Call.of(operation, false, context, call, decoder), 1);
  }

  /** As above, over another protocol than HTTP. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Decoder.Decoded<T>>> exchange) {
    return attempt(Call.of(operation, false, context, exchange), 1);
  }

  /** A call that changes something at the vendor. */
  public <T> Uni<Answer<T>> write(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return attempt(Call.of(operation, true, context, call, decoder), 1);
  }

  /** As above, over another protocol than HTTP. */
  public <T> Uni<Answer<T>> write(
      String operation, CallContext context, Supplier<Uni<Decoder.Decoded<T>>> exchange) {
    return attempt(Call.of(operation, true, context, exchange), 1);
  }

  /**
   * @param resigned whether it is signed by the vendor's time, after this machine's was refused
   */
  private record Call<T>(
      String operation,
      boolean writes,
      CallContext context,
      Supplier<Uni<Got<T>>> exchange,
      boolean resigned) {

    static <T> Call<T> of(
        String operation,
        boolean writes,
        CallContext context,
        Supplier<Uni<Response>> call,
        Decoder<T> decoder) {
      return new Call<>(
          operation,
          writes,
          context,
          () -> call.get().map(response -> Got.of(response, decoder)),
          false);
    }

    static <T> Call<T> of(
        String operation,
        boolean writes,
        CallContext context,
        Supplier<Uni<Decoder.Decoded<T>>> exchange) {
      return new Call<>(operation, writes, context, () -> exchange.get().map(Got::of), false);
    }

    Call<T> again() {
      return new Call<>(operation, writes, context, exchange, true);
    }
  }

  private <T> Uni<Answer<T>> attempt(Call<T> call, int attempt) {
    double limit = limits.getOrDefault(call.operation, limits.getOrDefault("*", 10.0));
    Instant asked = clock.instant();
    Optional<Instant> closedUntil = breaker.closedUntil(asked);
    if (closedUntil.isPresent()) {
      return down(closedUntil.get());
    }
    return tokens
        .take(bucket(call), limit, call.context.deadline())
        .invoke(answered -> metrics.waited(service, since(asked)))
        .flatMap(
            notBefore ->
                notBefore.isPresent()
                    ? usedUp(notBefore.get(), "the rate limit of " + call.operation)
                    : send(call, attempt));
  }

  private String bucket(Call<?> call) {
    return scope + "/" + call.operation;
  }

  private <T> Uni<Answer<T>> send(Call<T> call, int attempt) {
    if (!timeLeft(call)) {
      return usedUp(clock.instant(), "the time for this request");
    }
    Optional<Instant> closedUntil = breaker.enter(clock.instant());
    if (closedUntil.isPresent()) {
      return down(closedUntil.get());
    }
    Uni<Void> intent =
        call.writes && attempt == 1
            ? call.context.intent().apply(call.operation)
            : Uni.createFrom().voidItem();
    return intent
        .onFailure()
        .invoke(unsent -> breaker.unused(clock.instant()))
        .flatMap(
            recorded -> {
              if (timeLeft(call)) {
                return exchange(call).flatMap(got -> judge(call, attempt, got));
              }
              breaker.unused(clock.instant());
              return usedUp(clock.instant(), "the time for this request");
            });
  }

  private boolean timeLeft(Call<?> call) {
    return clock.instant().isBefore(call.context.deadline());
  }

  /** What is left for the call, rounded up to whole milliseconds: timers take no less than one. */
  private Duration left(Call<?> call) {
    Duration left = Duration.between(clock.instant(), call.context.deadline());
    return Duration.ofMillis(Math.max(left.toMillis(), 0) + 1);
  }

  private <T> Uni<Got<T>> exchange(Call<T> call) {
    Instant sent = clock.instant();
    Instant signed = vendorClock.instant();
    return call.exchange
        .get()
        .ifNoItem()
        .after(left(call))
        .failWith(Got.CutOffException::new)
        .onFailure()
        .recoverWithItem(Got::nothing)
        .map(got -> got.signedAt(signed))
        .invoke(got -> note(call, got, since(sent)));
  }

  private void note(Call<?> call, Got<?> got, Duration took) {
    String outcome = got.error().map(error -> error.errorClass().name()).orElse("OK");
    metrics.called(service, call.operation, outcome, took);
    switch (got.vendor()) {
      case UP -> breaker.answered();
      case DOWN -> breaker.failed(call.context, clock.instant());
      case UNKNOWN -> {}
    }
    if (outcome.equals(ErrorClass.THROTTLED.name())) {
      tokens.refused(bucket(call));
    }
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private <T> Uni<Answer<T>> judge(Call<T> call, int attempt, Got<T> got) {
    return switch (got.decoded()) {
      case Decoder.Decoded.Value<T>(T value, @Nullable String requestId) ->
          Uni.createFrom().item(new Answer.Success<>(value, requestId));
      case Decoder.Decoded.Error<T>(VendorError error) -> {
        Optional<VendorError> misdated = Skew.of(error, got.signed(), got.date());
        yield misdated.isPresent()
            ? misdated(call, attempt, misdated.get(), got.date())
            : failed(call, attempt, credentialsOrClock(call, error, got.date()));
      }
    };
  }

  /**
   * Where a code stands for both and the vendor's time did not help, the caller is told of both.
   */
  private VendorError credentialsOrClock(Call<?> call, VendorError error, @Nullable Instant date) {
    return call.resigned && date != null && error.errorClass() == ErrorClass.CREDENTIALS
        ? Skew.named(error, vendorClock.ahead(date))
        : error;
  }

  /** Signs anew by the vendor's time, once: a call refused for its date has had no effect. */
  private <T> Uni<Answer<T>> misdated(
      Call<T> call, int attempt, VendorError error, @Nullable Instant date) {
    if (date == null) {
      return failed(call, attempt, error);
    }
    VendorError named = Skew.named(error, vendorClock.ahead(date));
    if (call.resigned) {
      return failed(call, attempt, named);
    }
    vendorClock.set(date);
    LOG.warnf("%s: %s; signing by the vendor's time", scope, named.message());
    return attempt(call.again(), attempt + 1);
  }

  private <T> Uni<Answer<T>> failed(Call<T> call, int attempt, VendorError error) {
    boolean again =
        error.errorClass() == ErrorClass.THROTTLED
            || (error.errorClass() == ErrorClass.RETRY
                && (!call.writes || TransportErrors.neverSent(error)));
    Optional<Duration> pause =
        again ? pause(attempt, error, call.context.deadline()) : Optional.empty();
    return pause.isEmpty()
        ? Uni.createFrom().item(new Answer.Failure<>(ended(call, error)))
        : Uni.createFrom()
            .voidItem()
            .onItem()
            .delayIt()
            .by(pause.get())
            .flatMap(waited -> attempt(call, attempt + 1));
  }

  private static Outcome ended(Call<?> call, VendorError error) {
    boolean doubt =
        call.writes && error.errorClass() == ErrorClass.RETRY && !TransportErrors.neverSent(error);
    return doubt ? new Outcome.Unclear(error) : new Outcome.Refused(error);
  }

  /** Exponential with full jitter, never under what the vendor asked for; empty: give up. */
  private Optional<Duration> pause(int attempt, VendorError error, Instant deadline) {
    if (attempt >= config.attempts() || breaker.closedUntil(clock.instant()).isPresent()) {
      return Optional.empty();
    }
    long ceiling =
        Math.min(
            config.maxBackoff().toMillis(),
            config.backoff().toMillis() << Math.min(attempt - 1, 20));
    Duration pause = Duration.ofMillis(1 + random.nextLong(Math.max(1, ceiling)));
    Duration asked = error.retryAfter();
    if (asked != null && asked.compareTo(pause) > 0) {
      pause = asked;
    }
    return clock.instant().plus(pause).isBefore(deadline) ? Optional.of(pause) : Optional.empty();
  }

  private static <T> Uni<Answer<T>> usedUp(Instant notBefore, String what) {
    return Uni.createFrom()
        .item(new Answer.Failure<>(new Outcome.Deferred(notBefore, what + " is used up for now")));
  }

  private <T> Uni<Answer<T>> down(Instant notBefore) {
    return Uni.createFrom()
        .item(new Answer.Failure<>(Breaker.down(service, clock.instant(), notBefore)));
  }
}
