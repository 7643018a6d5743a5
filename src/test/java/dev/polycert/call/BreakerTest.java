package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.metric.Metrics;
import dev.polycert.rate.TokenBucket;
import dev.polycert.rate.VirtualTime;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A vendor that is down, in time that passes only when a test says so. */
class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int FAILURES = 5;
  private static final int ORDERS = 10_000;
  private static final int RATE = 20;

  /** How long a call waits for a vendor that is down. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long a step may take. */
  private static final Duration STEP = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime();
  private final List<Instant> calls = new ArrayList<>();
  private final List<String> intents = new ArrayList<>();
  private final Caller vendor = vendor(FAILURES, 1000, HttpTesting.UNLIMITED);

  private Caller vendor(int failures, int perSecond, TokenBucket tokens) {
    Map<String, String> settings =
        Map.of("polycert.http.attempts", "1", "polycert.http.breaker-failures", "" + failures);
    return HttpTesting.calls(HttpTesting.config(settings), time, Metrics.NONE, tokens)
        .of(
            Descriptor.of("vendor", "a vendor").limit("*", perSecond),
            new ServiceSettings(Optional.empty(), Optional.of("default"), Map.of()));
  }

  private WriteContext step() {
    return step(new Object());
  }

  private WriteContext step(Object subject) {
    return new WriteContext(
        time.instant().plus(STEP),
        subject,
        operation -> {
          intents.add(operation);
          return Uni.createFrom().voidItem();
        });
  }

  private Answer<String> write(boolean failing) {
    return write(vendor, step(), failing);
  }

  private Answer<String> write(Caller vendor, WriteContext step, boolean failing) {
    return vendor
        .<String>write("Apply", step, () -> exchange(failing))
        .await()
        .atMost(Duration.ofSeconds(5));
  }

  private Uni<Exchange<String>> exchange(boolean failing) {
    calls.add(time.instant());
    return failing
        ? Uni.createFrom().failure(new ConnectException())
        : Uni.createFrom().item(Exchange.of(Answer.of("done")));
  }

  /** Orders that come to a limited vendor when they are due, until it has answered them all. */
  private final class Waiting {
    private final Caller limited = vendor(FAILURES, RATE, time.buckets());
    private final PriorityQueue<Instant> due = new PriorityQueue<>();
    private final Instant back;
    private int done;

    Waiting(Instant back) {
      this.back = back;
      for (int i = 0; i < ORDERS; i++) {
        due.add(time.instant());
      }
    }

    void comeAllThatAreDue() {
      while (!due.isEmpty() && !due.peek().isAfter(time.instant())) {
        due.remove();
        limited
            .<String>write("Apply", step(), this::exchange)
            .subscribe()
            .with(this::answered, failure -> due.add(Instant.MAX));
      }
    }

    private void answered(Answer<String> answer) {
      switch (answer) {
        case Answer.Failed<String>(Failure.Deferred(Instant at, String reason)) -> due.add(at);
        case Answer.Failed<String>(Failure.Refused(VendorError error))
            when error.retryAfter() != null ->
            due.add(time.instant().plus(error.retryAfter()));
        case Answer.Failed<String> failure -> due.add(time.instant().plus(PAUSE));
        case Answer.Success<String> success -> done++;
      }
    }

    private Uni<Exchange<String>> exchange() {
      return time.instant().isBefore(back) ? silence() : BreakerTest.this.exchange(false);
    }

    private Uni<Exchange<String>> silence() {
      calls.add(time.instant());
      return Uni.createFrom()
          .emitter(emitter -> time.after(PATIENCE, () -> emitter.fail(new TimeoutException())));
    }
  }

  @Test
  void tenThousandOrdersWaitForAVendorThatIsDownForHalfAnHour() {
    Instant start = time.instant();
    Instant back = start.plus(Duration.ofMinutes(30));
    Waiting orders = new Waiting(back);
    Duration longest = Duration.ofMinutes(30).plus(PAUSE.multipliedBy(8 + 1));
    Duration ideal = Duration.ofSeconds(ORDERS / RATE);
    while (orders.done < ORDERS
        && time.instant().isBefore(start.plus(longest).plus(ideal.multipliedBy(2)))) {
      orders.comeAllThatAreDue();
      time.pass(Duration.ofSeconds(1));
    }

    assertThat(orders.done).isEqualTo(ORDERS);
    List<Instant> inVain = calls.stream().filter(at -> at.isBefore(back)).toList();
    Instant found = start.plus(PATIENCE);
    List<Instant> probes = inVain.stream().filter(at -> at.isAfter(found.plusSeconds(1))).toList();
    assertThat(inVain.size() - probes.size())
        .as("sent before the first of them were found to get no answer")
        .isLessThanOrEqualTo((int) (RATE * (PATIENCE.toSeconds() + 1)));
    assertThat(probes).hasSizeBetween(5, 12);
    for (int i = 1; i < probes.size(); i++) {
      assertThat(probes.get(i)).isAfterOrEqualTo(probes.get(i - 1).plus(PAUSE));
    }
    assertThat(intents).as("nothing is announced that is not sent").hasSameSizeAs(calls);
    assertThat(calls).hasSize(ORDERS + inVain.size());
    for (int i = RATE; i < calls.size(); i++) {
      assertThat(Duration.between(calls.get(i - RATE), calls.get(i)))
          .as("the time that %d calls take", RATE + 1)
          .isGreaterThan(Duration.ofSeconds(1));
    }
    assertThat(Duration.between(calls.get(inVain.size()), calls.getLast()))
        .as("the recovery")
        .isLessThan(ideal.multipliedBy(115).dividedBy(100));
  }

  @Test
  void answersThatItDoesNotAnswerWithTheTimeToComeAgain() {
    for (int i = 0; i < FAILURES; i++) {
      write(true);
    }
    assertThat(write(false))
        .isEqualTo(
            new Answer.Failed<>(
                new Failure.Refused(
                    new VendorError(
                        ErrorClass.RETRY, "Vendor.Down", "vendor does not answer", null, PAUSE))));
    time.pass(PAUSE);
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void anAccountThatIsDownHoldsUpNoOther() {
    Caller own =
        Accounts.forDomains("b").making(() -> vendor(FAILURES, 1000, HttpTesting.UNLIMITED));
    for (int i = 0; i < FAILURES; i++) {
      write(own, step(), true);
    }

    assertThat(write(own, step(), false))
        .isEqualTo(
            new Answer.Failed<>(
                new Failure.Refused(
                    new VendorError(
                        ErrorClass.RETRY,
                        "Vendor.Down",
                        "vendor@b does not answer",
                        null,
                        PAUSE))));
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
      time.pass(Duration.ofSeconds(10));
    }
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  /** As when one order is asked about again and again, and its vendor call times out. */
  @Test
  void aHundredStepsOfOneDomainAtOnceDoNotOpenIt() {
    Caller standard = vendor(10, 1000, HttpTesting.UNLIMITED);
    for (int i = 0; i < 100; i++) {
      assertThat(fails(standard, "a.example")).isTrue();
      time.pass(Duration.ofMillis(10));
    }
    assertThat(write(standard, step("b.example"), false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void twoDomainsThatAlwaysFailDoNotOpenItEither() {
    Caller standard = vendor(10, 1000, HttpTesting.UNLIMITED);
    for (int i = 0; i < 100; i++) {
      assertThat(fails(standard, "a.example")).isTrue();
      assertThat(fails(standard, "b.example")).isTrue();
      time.pass(Duration.ofMillis(10));
    }
    assertThat(write(standard, step("c.example"), false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void someDomainsThatFailAtOnceOpenIt() {
    Caller standard = vendor(10, 1000, HttpTesting.UNLIMITED);
    for (String domain : List.of("a", "a", "a", "a", "a", "b", "b", "b", "c", "c", "c")) {
      assertThat(fails(standard, domain)).isTrue();
    }
    assertThat(fails(standard, "d")).isTrue();
    assertThat(fails(standard, "e")).as("that is enough").isFalse();
    assertThat(write(standard, step("f"), false))
        .isEqualTo(
            new Answer.Failed<>(
                new Failure.Refused(
                    new VendorError(
                        ErrorClass.RETRY, "Vendor.Down", "vendor does not answer", null, PAUSE))));
  }

  /** Whether the call was made, and failed. */
  private boolean fails(Caller vendor, String domain) {
    int before = calls.size();
    Answer<String> answer = write(vendor, step(domain), true);
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return calls.size() > before;
  }

  @Test
  void stepsThatTryAgainCountOnce() {
    Breaker breaker = new Breaker(FAILURES, PAUSE);
    CallContext step = new CallContext(time.instant());
    for (int i = 0; i < 100; i++) {
      breaker.failed(step, time.instant());
    }
    assertThat(breaker.blockedUntil(time.instant())).isEmpty();
  }

  /** A deadline that many steps share says nothing of the vendor that they were calling. */
  @Test
  void callsThatTheEndOfTheirStepCutsOffDoNotOpenIt() {
    for (int i = 0; i < 3 * FAILURES; i++) {
      CallContext ending = new CallContext(time.instant().plusMillis(1));
      Answer<String> cut =
          vendor
              .<String>read("Show", ending, () -> Uni.createFrom().nothing())
              .await()
              .atMost(Duration.ofSeconds(5));
      assertThat(cut)
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              failure -> assertThat(failure.toString()).contains("Transport.Timeout"));
    }
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void aProbeThatIsNotSentAfterAllIsLeftToTheNext() {
    for (int i = 0; i < FAILURES; i++) {
      write(true);
    }
    time.pass(PAUSE);
    WriteContext overtaken =
        new WriteContext(
            time.instant().plus(STEP),
            new Object(),
            operation -> Uni.createFrom().failure(new IllegalStateException("overtaken")));
    assertThatThrownBy(() -> write(vendor, overtaken, false)).hasMessage("overtaken");
    WriteContext late =
        new WriteContext(
            time.instant().plusMillis(1),
            new Object(),
            operation -> {
              time.pass(Duration.ofMillis(1));
              return Uni.createFrom().voidItem();
            });
    assertThat(write(vendor, late, false)).isInstanceOf(Answer.Failed.class);

    assertThat(calls).hasSize(FAILURES);
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }

  @Test
  void refusalsAreAnswers() {
    Exchange<String> refused =
        Exchange.of(Answer.refused(new VendorError(ErrorClass.RETRY, "Busy", "busy")));
    for (int i = 0; i < 100; i++) {
      CallContext context = new CallContext(time.instant().plusSeconds(60));
      vendor.read("Show", context, () -> Uni.createFrom().item(refused)).await().indefinitely();
    }
    assertThat(write(false)).isInstanceOf(Answer.Success.class);
  }
}
