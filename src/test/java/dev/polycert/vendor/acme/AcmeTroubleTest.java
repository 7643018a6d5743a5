package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.rate.TokenBucket;
import dev.polycert.rate.Urgency;
import dev.polycert.testing.MovedClock;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.acme.FakeCa.Reply;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A CA that is down is left alone, and one that is asked too often is asked less. */
class AcmeTroubleTest {
  private static final int FAILURES = 3;
  private static final Reply DOWN = new Reply(503, Map.of(), "");

  private final MovedClock clock = new MovedClock(Instant.parse("2026-11-21T10:00:00Z"));
  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa());
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private final AcmeFixture acme =
      resources
          .add(AcmeFixture.at(ca.directory()))
          .set("polycert.http.attempts", "1")
          .set("polycert.http.breaker-failures", "" + FAILURES)
          .set("polycert.http.breaker-pause", "30s")
          .clock(clock)
          .tokens(new Noted());

  private static Applications order() {
    return Applications.forDomain("www.fake.example").key(KeyAlgorithm.EC_P256);
  }

  private Object place() {
    return AcmeFixture.came(
        acme.provider().place(order().plan(Map.of("ca", "test")).application(), acme.context()));
  }

  private Object prepare() {
    return acme.prepare(order().application());
  }

  private static Object down(int seconds) {
    return new Failure.Refused(
        new VendorError(
            ErrorClass.RETRY,
            "Vendor.Down",
            "acme does not answer",
            null,
            Duration.ofSeconds(seconds)));
  }

  @Test
  void aCaThatIsDownIsAskedOncePerPauseAndThenServesAllAgain() {
    assertThat(place()).isInstanceOf(Progress.class);
    ca.on("new-order", Collections.nCopies(FAILURES + 1, DOWN).toArray(Reply[]::new));
    for (int i = 0; i < FAILURES; i++) {
      assertThat(place()).isInstanceOf(Failure.Unclear.class);
    }

    assertThat(place()).isEqualTo(down(30));
    assertThat(prepare()).as("also what would be answered from memory").isEqualTo(down(30));

    clock.now = clock.now.plusSeconds(30);
    assertThat(prepare())
        .as("needs no request, so it shows nothing")
        .isInstanceOf(Preparation.Ready.class);
    assertThat(place())
        .as("the one that looks whether it is back")
        .isInstanceOf(Failure.Unclear.class);
    assertThat(place()).isEqualTo(down(60));
    assertThat(ca.received("new-order")).hasSize(1 + FAILURES + 1);

    clock.now = clock.now.plusSeconds(60);
    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(place()).isInstanceOf(Progress.class);
  }

  @Test
  void aCaThatCannotBeReachedIsLeftAlone() {
    ca.close();
    for (int i = 0; i < FAILURES; i++) {
      assertThat(prepare()).isInstanceOf(Failure.Refused.class);
    }

    assertThat(prepare()).isEqualTo(down(30));
  }

  @Test
  void refusalsAreAnswers() {
    Reply refusal = Reply.problem(403, "rejectedIdentifier", Map.of());
    ca.on("new-order", Collections.nCopies(10 * FAILURES, refusal).toArray(Reply[]::new));
    for (int i = 0; i < 10 * FAILURES; i++) {
      assertThat(place()).isInstanceOf(Failure.Refused.class);
    }

    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(refused).isEmpty();
  }

  @Test
  void whoIsToldOfARateLimitAsksMoreSlowly() {
    ca.on("new-order", Reply.problem(429, "rateLimited", Map.of("Retry-After", "120")));

    place();

    assertThat(refused).containsExactly("acme/default/test/newOrder");
  }

  @Test
  void aNonceThatIsNotGoodSaysNothingOfTheRate() {
    ca.on("new-order", Reply.problem(400, "badNonce", Map.of()));

    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(refused).isEmpty();
  }

  private final class Noted implements TokenBucket {
    @Override
    public Uni<Optional<Instant>> take(
        String key, double perSecond, Instant deadline, Urgency urgency) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public void refused(String key) {
      refused.add(key);
    }
  }
}
