package dev.polycert.provider.http;

import dev.polycert.metric.Metrics;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.VendorError;
import dev.polycert.rate.TokenBucket;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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
  private final String scope;
  private final String service;
  private final Map<String, Double> limits;
  private final HttpConfig config;
  private final TokenBucket tokens;
  private final Metrics metrics;
  private final Clock clock;
  private final RandomGenerator random;

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
  }

  /** A call that changes nothing at the vendor. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return read(operation, context, () -> call.get().map(response -> decode(response, decoder)));
  }

  /** As above, over another protocol than HTTP. */
  public <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Decoder.Decoded<T>>> exchange) {
    return attempt(new Call<>(operation, false, context, exchange), 1);
  }

  /** A call that changes something at the vendor. */
  public <T> Uni<Answer<T>> write(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return write(operation, context, () -> call.get().map(response -> decode(response, decoder)));
  }

  /** As above, over another protocol than HTTP. */
  public <T> Uni<Answer<T>> write(
      String operation, CallContext context, Supplier<Uni<Decoder.Decoded<T>>> exchange) {
    return attempt(new Call<>(operation, true, context, exchange), 1);
  }

  private record Call<T>(
      String operation,
      boolean writes,
      CallContext context,
      Supplier<Uni<Decoder.Decoded<T>>> exchange) {}

  private <T> Uni<Answer<T>> attempt(Call<T> call, int attempt) {
    double limit = limits.getOrDefault(call.operation, limits.getOrDefault("*", 10.0));
    Instant asked = clock.instant();
    return tokens
        .take(scope + "/" + call.operation, limit, call.context.deadline())
        .invoke(answered -> metrics.waited(service, since(asked)))
        .flatMap(
            notBefore ->
                notBefore.isPresent()
                    ? deferred(notBefore.get(), "the rate limit of " + call.operation)
                    : send(call, attempt));
  }

  private <T> Uni<Answer<T>> send(Call<T> call, int attempt) {
    if (!timeLeft(call)) {
      return deferred(clock.instant(), "the time for this request");
    }
    Uni<Void> intent =
        call.writes && attempt == 1
            ? call.context.intent().apply(call.operation)
            : Uni.createFrom().voidItem();
    return intent.flatMap(
        recorded ->
            timeLeft(call)
                ? exchange(call).flatMap(got -> judge(call, attempt, got))
                : deferred(clock.instant(), "the time for this request"));
  }

  private boolean timeLeft(Call<?> call) {
    return clock.instant().isBefore(call.context.deadline());
  }

  /** What is left for the call, rounded up to whole milliseconds: timers take no less than one. */
  private Duration left(Call<?> call) {
    Duration left = Duration.between(clock.instant(), call.context.deadline());
    return Duration.ofMillis(Math.max(left.toMillis(), 0) + 1);
  }

  private <T> Uni<Decoder.Decoded<T>> exchange(Call<T> call) {
    Instant sent = clock.instant();
    return call.exchange
        .get()
        .ifNoItem()
        .after(left(call))
        .failWith(TimeoutException::new)
        .onFailure()
        .recoverWithItem(failure -> new Decoder.Decoded.Error<>(TransportErrors.of(failure)))
        .invoke(got -> metrics.called(service, call.operation, outcome(got), since(sent)));
  }

  private static String outcome(Decoder.Decoded<?> got) {
    return got instanceof Decoder.Decoded.Error<?>(VendorError error)
        ? error.errorClass().name()
        : "OK";
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private static <T> Decoder.Decoded<T> decode(Response response, Decoder<T> decoder) {
    byte[] body = response.hasEntity() ? response.readEntity(byte[].class) : new byte[0];
    RawAnswer raw = new RawAnswer(response.getStatus(), response::getHeaderString, body);
    try {
      return decoder.decode(raw);
    } catch (IOException malformed) {
      return new Decoder.Decoded.Error<>(TransportErrors.malformed(raw));
    }
  }

  private <T> Uni<Answer<T>> judge(Call<T> call, int attempt, Decoder.Decoded<T> got) {
    return switch (got) {
      case Decoder.Decoded.Value<T>(T value, @Nullable String requestId) ->
          Uni.createFrom().item(new Answer.Success<>(value, requestId));
      case Decoder.Decoded.Error<T>(VendorError error) -> {
        boolean again =
            error.errorClass() == ErrorClass.THROTTLED
                || (error.errorClass() == ErrorClass.RETRY
                    && (!call.writes || TransportErrors.neverSent(error)));
        if (again) {
          Optional<Duration> pause = pause(attempt, error, call.context.deadline());
          if (pause.isPresent()) {
            yield Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(pause.get())
                .flatMap(waited -> attempt(call, attempt + 1));
          }
        }
        yield Uni.createFrom().item(new Answer.Failure<>(ended(call, error)));
      }
    };
  }

  private static Outcome ended(Call<?> call, VendorError error) {
    boolean doubt =
        call.writes && error.errorClass() == ErrorClass.RETRY && !TransportErrors.neverSent(error);
    return doubt ? new Outcome.Unclear(error) : new Outcome.Refused(error);
  }

  /** Exponential with full jitter, never under what the vendor asked for; empty: give up. */
  private Optional<Duration> pause(int attempt, VendorError error, Instant deadline) {
    if (attempt >= config.attempts()) {
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

  private static <T> Uni<Answer<T>> deferred(Instant notBefore, String what) {
    return Uni.createFrom()
        .item(new Answer.Failure<>(new Outcome.Deferred(notBefore, what + " is used up for now")));
  }
}
