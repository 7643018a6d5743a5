package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.Exchange.Health;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Makes the calls at one CA through acme4j, which blocks. Each call runs on a virtual thread with a
 * session of its own, and their number is limited. Sessions are used again, the last one first,
 * because each holds a nonce that saves a request.
 *
 * <p>Every method blocks its (virtual) thread until the {@link Caller} has its answer.
 */
final class AcmeCalls {
  /** acme4j itself has then tried ten nonces each time (RFC 8555, section 6.5). */
  private static final int NONCE_ATTEMPTS = 10;

  private final String scope;
  private final Caller caller;
  private final CaServer server;
  private final Clock clock;
  private final Semaphore turns;
  private final Deque<Pooled> idle = new ConcurrentLinkedDeque<>();

  /**
   * Makes the calls at one CA.
   *
   * @param scope names the CA in errors
   * @param concurrency calls at the same time; more wait for their turn
   */
  AcmeCalls(String scope, Caller caller, CaServer server, int concurrency, Clock clock) {
    this.scope = scope;
    this.caller = caller;
    this.server = server;
    this.clock = clock;
    this.turns = new Semaphore(concurrency);
  }

  /**
   * Work with a session. Its result must not contain objects of acme4j that are bound to the
   * session.
   */
  @FunctionalInterface
  interface Call<T> {
    T on(Session session, Conversation conversation) throws AcmeException;
  }

  private record Pooled(Session session, Conversation conversation) {}

  /** A call that changes nothing, or nothing more when it is repeated. */
  <T> T read(String operation, CallContext context, Call<T> call) throws Ended {
    return value(caller.read(operation, context, exchange(operation, context, call)));
  }

  /** A call that changes something at the CA. */
  <T> T write(String operation, WriteContext context, Call<T> call) throws Ended {
    return value(caller.write(operation, context, exchange(operation, context, call)));
  }

  private static <T> T value(Uni<Answer<T>> call) throws Ended {
    return switch (call.await().indefinitely()) {
      case Answer.Success<T> success -> success.value();
      case Answer.Failed<T>(Failure failure) -> throw new Ended(failure);
    };
  }

  private <T> Supplier<Uni<Exchange<T>>> exchange(
      String operation, CallContext context, Call<T> call) {
    return () ->
        Uni.createFrom()
            .item(() -> inTurn(operation, context, call))
            .runSubscriptionOn(Thread::startVirtualThread);
  }

  private <T> Exchange<T> inTurn(String operation, CallContext context, Call<T> call) {
    try {
      Duration left = Duration.between(clock.instant(), context.deadline());
      if (!left.isPositive() || !turns.tryAcquire(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
        return deferred("the time for this request, before " + operation + ",");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return deferred("the time of this process");
    }
    try {
      Pooled pooled = idle.pollFirst();
      return made(pooled == null ? pooled() : pooled, context.deadline(), call);
    } catch (IllegalArgumentException noAddress) {
      return unsent(
          new Failure.Refused(
              new VendorError(
                  ErrorClass.CREDENTIALS,
                  BadSetting.CODE,
                  "the directory of " + scope + " must be an http or https address")));
    } finally {
      turns.release();
    }
  }

  private Pooled pooled() {
    Conversation conversation = new Conversation(clock);
    return new Pooled(server.session(conversation), conversation);
  }

  private <T> Exchange<T> made(Pooled pooled, Instant deadline, Call<T> call) {
    try {
      for (int attempt = 1; ; attempt++) {
        pooled.conversation.begin(deadline);
        Exchange<T> exchange = exchange(pooled, call);
        boolean nonce =
            exchange.answer() instanceof Answer.Failed<T>(Failure failure)
                && failure.isRefused(AcmeErrors.BAD_NONCE);
        if (!nonce || attempt >= NONCE_ATTEMPTS || !pooled.conversation.left().isPositive()) {
          return exchange;
        }
      }
    } finally {
      idle.addFirst(pooled);
    }
  }

  private static <T> Exchange<T> exchange(Pooled pooled, Call<T> call) {
    Conversation conversation = pooled.conversation;
    try {
      T value = call.on(pooled.session, conversation);
      return new Exchange<>(Answer.of(value), null, answered(conversation), false);
    } catch (AcmeException | RuntimeException failure) {
      // acme4j may throw anything on an answer that it does not expect.
      VendorError error = AcmeFailures.of(failure, conversation);
      return new Exchange<>(
          Answer.refused(error), null, health(error, conversation), AcmeFailures.neverSent(error));
    }
  }

  private static Health health(VendorError error, Conversation conversation) {
    if (!AcmeFailures.down(error, conversation)) {
      return answered(conversation);
    }
    // A call that the end of the step cut off says nothing about the CA.
    return conversation.left().isPositive() ? Health.DOWN : Health.UNKNOWN;
  }

  /** A directory that is known already needs no request. */
  private static Health answered(Conversation conversation) {
    return conversation.status() == 0 ? Health.UNUSED : Health.UP;
  }

  private <T> Exchange<T> deferred(String what) {
    return unsent(new Failure.Deferred(clock.instant(), what + " is used up for now"));
  }

  private static <T> Exchange<T> unsent(Failure failure) {
    return new Exchange<>(new Answer.Failed<>(failure), null, Health.UNUSED, true);
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
