package dev.polycert.call;

import dev.polycert.metric.Metrics;
import dev.polycert.rate.TokenBucket;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one account at a service. A call takes a rate token, records its intent when
 * it is a write, and is sent; then the class of the answer decides.
 *
 * <p>Reads are repeated when the error's class allows it. A write is repeated only when nothing
 * took effect: it was throttled, or never reached the service. Any other failure that leaves doubt
 * ends as {@link Failure.Unclear}; the step then looks at the service before it sends anything
 * again.
 */
public final class Caller {
  private static final Logger LOG = Logger.getLogger(Caller.class);

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

  Caller(
      String scope,
      Map<String, Double> limits,
      HttpConfig config,
      TokenBucket tokens,
      Metrics metrics,
      Clock clock,
      RandomGenerator random) {
    this.scope = scope;
    this.service = scope.replaceFirst("/.*", "");
    // Names out of the environment are in lower case.
    Map<String, Double> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(limits);
    this.limits = Collections.unmodifiableMap(byName);
    this.config = config;
    this.tokens = tokens;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
    this.vendorClock = new VendorClock(clock);
    this.breaker = new Breaker(config.breakerFailures(), config.breakerPause());
  }

  /** The clock to sign by: this machine's until the vendor rejects its time, then the vendor's. */
  public Clock clock() {
    return vendorClock;
  }

  /** Makes a call that changes nothing at the service, or nothing more when it is repeated. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return attempt(new Call<>(operation, context, null, exchange(call, decoder), false), 1);
  }

  /** As above, over another protocol than HTTP, or through a library that has its own client. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Exchange<T>>> exchange) {
    return attempt(new Call<>(operation, context, null, exchange, false), 1);
  }

  /** Makes a call that changes something at the service. */
  public <T> Uni<Answer<T>> write(
      String operation, WriteContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return attempt(new Call<>(operation, context, context, exchange(call, decoder), false), 1);
  }

  /** As above, over another protocol than HTTP, or through a library that has its own client. */
  public <T> Uni<Answer<T>> write(
      String operation, WriteContext context, Supplier<Uni<Exchange<T>>> exchange) {
    return attempt(new Call<>(operation, context, context, exchange, false), 1);
  }

  private static <T> Supplier<Uni<Exchange<T>>> exchange(
      Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return () -> call.get().map(response -> Exchange.of(Exchange.read(response), decoder));
  }

  /**
   * A call that may be tried several times.
   *
   * @param write records the intent; null for a call that changes nothing
   * @param redated whether it is signed by the vendor's time, because this machine's was rejected
   */
  private record Call<T>(
      String operation,
      CallContext context,
      @Nullable WriteContext write,
      Supplier<Uni<Exchange<T>>> exchange,
      boolean redated) {

    Call<T> redate() {
      return new Call<>(operation, context, write, exchange, true);
    }

    boolean writes() {
      return write != null;
    }

    Uni<Void> intend() {
      return write == null ? Uni.createFrom().voidItem() : write.intend(operation);
    }
  }

  private <T> Uni<Answer<T>> attempt(Call<T> call, int attempt) {
    double limit = limits.getOrDefault(call.operation, limits.getOrDefault("*", 10.0));
    Instant asked = clock.instant();
    Optional<Instant> blockedUntil = breaker.blockedUntil(asked);
    if (blockedUntil.isPresent()) {
      return down(blockedUntil.get());
    }
    return tokens
        .take(bucket(call), limit, call.context.deadline(), call.context.urgency())
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
    Optional<Instant> blockedUntil = breaker.enter(clock.instant());
    if (blockedUntil.isPresent()) {
      return down(blockedUntil.get());
    }
    Uni<Void> intent = attempt == 1 ? call.intend() : Uni.createFrom().voidItem();
    return intent
        .onFailure()
        .invoke(unsent -> breaker.unused(clock.instant()))
        .flatMap(
            recorded -> {
              if (timeLeft(call)) {
                return exchange(call, attempt);
              }
              breaker.unused(clock.instant());
              return usedUp(clock.instant(), "the time for this request");
            });
  }

  private boolean timeLeft(Call<?> call) {
    return clock.instant().isBefore(call.context.deadline());
  }

  /** The time left for the call, rounded up to whole milliseconds: timers take no less than one. */
  private Duration left(Call<?> call) {
    Duration left = Duration.between(clock.instant(), call.context.deadline());
    return Duration.ofMillis(Math.max(left.toMillis(), 0) + 1);
  }

  private <T> Uni<Answer<T>> exchange(Call<T> call, int attempt) {
    Instant sent = clock.instant();
    Instant signed = vendorClock.instant();
    return call.exchange
        .get()
        .ifNoItem()
        .after(left(call))
        .failWith(Exchange.CutOffException::new)
        .onFailure()
        .recoverWithItem(Exchange::none)
        .invoke(exchange -> note(call, exchange, since(sent)))
        .flatMap(exchange -> judge(call, attempt, signed, exchange));
  }

  private void note(Call<?> call, Exchange<?> exchange, Duration took) {
    String outcome = exchange.error().map(error -> error.errorClass().name()).orElse("OK");
    metrics.called(service, call.operation, outcome, took);
    switch (exchange.health()) {
      case UP -> breaker.answered();
      case DOWN -> breaker.failed(call.context, clock.instant());
      case UNKNOWN -> {}
      case UNUSED -> breaker.unused(clock.instant());
    }
    if (outcome.equals(ErrorClass.THROTTLED.name())) {
      tokens.refused(bucket(call));
    }
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private <T> Uni<Answer<T>> judge(
      Call<T> call, int attempt, Instant signed, Exchange<T> exchange) {
    if (!(exchange.answer() instanceof Answer.Failed<T>(Failure.Refused(VendorError error)))) {
      return exchange.answer().now();
    }
    Instant date = exchange.date();
    Optional<VendorError> misdated = Skew.of(error, signed, date);
    return misdated.isPresent()
        ? misdated(call, attempt, misdated.get(), date)
        : failed(call, attempt, credentialsOrClock(call, error, date), exchange.untouched());
  }

  /**
   * Reports both causes if the vendor's code may mean either and signing by its time did not help.
   */
  private VendorError credentialsOrClock(Call<?> call, VendorError error, @Nullable Instant date) {
    return call.redated && date != null && error.errorClass() == ErrorClass.CREDENTIALS
        ? Skew.named(error, vendorClock.ahead(date))
        : error;
  }

  /** Signs again by the vendor's time, once: a call rejected for its date had no effect. */
  private <T> Uni<Answer<T>> misdated(
      Call<T> call, int attempt, VendorError error, @Nullable Instant date) {
    if (date == null) {
      return failed(call, attempt, error, true);
    }
    VendorError named = Skew.named(error, vendorClock.ahead(date));
    if (call.redated) {
      return failed(call, attempt, named, true);
    }
    vendorClock.set(date);
    LOG.warnf("%s: %s; signing by the vendor's time", scope, named.message());
    return attempt(call.redate(), attempt + 1);
  }

  private <T> Uni<Answer<T>> failed(
      Call<T> call, int attempt, VendorError error, boolean untouched) {
    boolean again =
        error.errorClass() == ErrorClass.THROTTLED
            || (error.errorClass() == ErrorClass.RETRY && (!call.writes() || untouched));
    Optional<Duration> pause =
        again ? pause(attempt, error, call.context.deadline()) : Optional.empty();
    return pause.isEmpty()
        ? new Answer.Failed<T>(ended(call, error, untouched)).now()
        : Uni.createFrom()
            .voidItem()
            .onItem()
            .delayIt()
            .by(pause.get())
            .flatMap(waited -> attempt(call, attempt + 1));
  }

  private static Failure ended(Call<?> call, VendorError error, boolean untouched) {
    boolean doubt = call.writes() && error.errorClass() == ErrorClass.RETRY && !untouched;
    return doubt ? new Failure.Unclear(error) : new Failure.Refused(error);
  }

  /**
   * How long to wait before the next try: exponential with full jitter, but at least as long as the
   * vendor asked for. Empty when the call is not tried again.
   */
  private Optional<Duration> pause(int attempt, VendorError error, Instant deadline) {
    if (attempt >= config.attempts() || breaker.blockedUntil(clock.instant()).isPresent()) {
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
    return new Answer.Failed<T>(new Failure.Deferred(notBefore, what + " is used up for now"))
        .now();
  }

  private <T> Uni<Answer<T>> down(Instant notBefore) {
    return new Answer.Failed<T>(Breaker.down(service, clock.instant(), notBefore)).now();
  }
}
