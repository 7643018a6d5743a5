package dev.polycert.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.metric.Metrics;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A vendor that is down, in time that passes only when a test says so. */
class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int FAILURES = 5;
  private static final int ORDERS = 10_000;

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final List<Instant> calls = new ArrayList<>();
  private final List<String> intents = new ArrayList<>();
  private boolean down;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final VendorCalls vendor =
      HttpTesting.calls(
              HttpTesting.config(
                  Map.of(
                      "polycert.http.attempts",
                      "1",
                      "polycert.http.breaker-failures",
                      "" + FAILURES)),
              clock,
              Metrics.NONE)
          .of("vendor/default", Map.of("*", 1000.0));

  private Answer<String> write(boolean failing) {
    CallContext context =
        new CallContext(
            now.plusSeconds(60),
            operation -> {
              intents.add(operation);
              return Uni.createFrom().voidItem();
            });
    return vendor
        .<String>write("Apply", context, () -> exchange(failing))
        .await()
        .atMost(Duration.ofSeconds(5));
  }

  private Uni<Decoder.Decoded<String>> exchange(boolean failing) {
    calls.add(now);
    return failing
        ? Uni.createFrom().failure(new ConnectException())
        : Uni.createFrom().item(new Decoder.Decoded.Value<>("done", null));
  }

  @Test
  void tenThousandOrdersWaitForAVendorThatIsDownForHalfAnHour() {
    Queue<Instant> waiting = new ArrayDeque<>();
    for (int i = 0; i < ORDERS; i++) {
      waiting.add(now);
    }
    Instant start = now;
    Instant back = now.plus(Duration.ofMinutes(30));
    for (; !waiting.isEmpty(); now = now.plusSeconds(10)) {
      down = now.isBefore(back);
      for (int i = waiting.size(); i > 0; i--) {
        Instant due = waiting.remove();
        if (due.isAfter(now)) {
          waiting.add(due);
        } else if (write(down) instanceof Answer.Failure<String>(Outcome outcome)) {
          Duration asked =
              outcome instanceof Outcome.Refused(VendorError error) ? error.retryAfter() : null;
          waiting.add(now.plus(asked == null ? PAUSE : asked));
        }
      }
    }

    List<Instant> inVain = calls.stream().filter(at -> at.isBefore(back)).toList();
    List<Instant> probes = inVain.subList(FAILURES, inVain.size());
    for (int i = 1; i < probes.size(); i++) {
      assertThat(probes.get(i)).isAfterOrEqualTo(probes.get(i - 1).plus(PAUSE));
    }
    assertThat(inVain).hasSizeBetween(FAILURES + 5, FAILURES + 12);
    assertThat(intents).as("nothing is announced that is not sent").hasSameSizeAs(calls);
    assertThat(calls).hasSize(ORDERS + inVain.size());
    assertThat(Duration.between(back, now)).isLessThan(Duration.ofMinutes(5));
    assertThat(start).isBefore(back);
  }

  @Test
  void answersThatItDoesNotAnswerWithTheTimeToComeAgain() {
    for (int i = 0; i < FAILURES; i++) {
      write(true);
    }
    assertThat(write(false))
        .isEqualTo(
            new Answer.Failure<>(
                new Outcome.Refused(
                    new VendorError(
                        ErrorClass.RETRY, "Vendor.Down", "vendor does not answer", null, PAUSE))));
    now = now.plus(PAUSE);
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void oneDomainThatAlwaysFailsDoesNotOpenItForTheOthers() {
    for (int i = 0; i < 100; i++) {
      write(true);
      write(true);
      assertThat(write(false)).isInstanceOf(Answer.Success.class);
    }
  }

  @Test
  void oneDomainThatAlwaysFailsAloneDoesNotOpenItEither() {
    for (int i = 0; i < 100; i++) {
      write(true);
      now = now.plusSeconds(10);
    }
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void stepsThatTryAgainCountOnce() {
    Breaker breaker = new Breaker(FAILURES, PAUSE);
    CallContext step = CallContext.readOnly(now);
    for (int i = 0; i < 100; i++) {
      breaker.failed(step, now);
    }
    assertThat(breaker.closedUntil(now)).isEmpty();
  }

  @Test
  void refusalsAreAnswers() {
    var refused =
        new Decoder.Decoded.Error<String>(new VendorError(ErrorClass.RETRY, "Busy", "busy"));
    for (int i = 0; i < 100; i++) {
      CallContext context = CallContext.readOnly(now.plusSeconds(60));
      vendor.read("Show", context, () -> Uni.createFrom().item(refused)).await().indefinitely();
    }
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }
}
