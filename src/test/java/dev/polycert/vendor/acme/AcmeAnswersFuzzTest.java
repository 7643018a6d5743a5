package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.RevocationReason;
import dev.polycert.vendor.acme.FakeCa.Reply;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a CA answers, every step ends in an outcome, and no wrong certificate is taken. */
class AcmeAnswersFuzzTest {
  private static final List<String> OPERATIONS =
      List.of(
          "directory",
          "nonce",
          "account",
          "new-order",
          "order",
          "authorization",
          "challenge",
          "finalize",
          "certificate",
          "ari",
          "revoke");

  private static final List<String> HEADERS =
      List.of("Location", "Link", "Content-Type", "Retry-After");

  private static final List<String> VALUES =
      List.of("", "x", "-1", "1", "99999999999", "http://[::1", "../order/1", "text/html", "<>;");

  private static final Reply WINDOW =
      Reply.json(
          """
          {"suggestedWindow":{"start":"2027-01-02T00:00:00Z","end":"2027-01-03T00:00:00Z"}}
          """,
          Map.of("Retry-After", "21600"));

  /** What a CA answers to one step, in bytes: a few answers, of which one may be long. */
  private static final long MOST_ANSWERED = 400_000;

  private static final Cases CASES = new Cases(AcmeAnswersFuzzTest.class, 40_000);
  private static FakeCa ca;

  @BeforeContainer
  static void start() {
    ca = new FakeCa().wantsProofs().suggestsRenewals();
  }

  @AfterContainer
  static void stop() throws IOException {
    ca.close();
    CASES.tell();
  }

  @Property(seed = "59", shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAnOutcome(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    String hostile = mutator.pick(OPERATIONS);
    // Without waiting: what takes longer than that is asked for by a later step.
    AcmeFixture acme =
        AcmeFixture.at(ca.directory())
            .patience(Duration.ofMillis(240))
            .set("polycert.http.attempts", "1");
    ca.distorts(
        (operation, reply) -> {
          Reply usual = operation.equals("ari") ? WINDOW : reply;
          return operation.equals(hostile) ? distorted(mutator, usual) : usual;
        });
    try {
      live(acme, hostile, seed);
    } finally {
      acme.close();
    }
  }

  private static void live(AcmeFixture acme, String hostile, long seed) {
    Application fresh =
        Applications.forDomain("www.fake.example")
            .key(KeyAlgorithm.EC_P256)
            .plan(Map.of("ca", "test"))
            .application();
    Life life = new Life(acme, hostile + " with seed " + seed, fresh);
    life.take(CertificateProvider::prepare);
    life.take(CertificateProvider::place);
    if (life.application.reference() == null) {
      return;
    }
    life.take(CertificateProvider::check);
    life.take(CertificateProvider::look);
    Object checked = life.take(CertificateProvider::check);
    Statistics.label(hostile).collect(checked.getClass().getSimpleName());
    life.take(CertificateProvider::cancel);
    life.take(CertificateProvider::renewalWindow);
    life.take((ca, order, context) -> ca.revoke(order, RevocationReason.SUPERSEDED, context));
  }

  /** An order at the CA, as far as it has come. */
  private static final class Life {
    private final AcmeFixture acme;
    private final String which;
    private Application application;

    Life(AcmeFixture acme, String which, Application application) {
      this.acme = acme;
      this.which = which;
      this.application = application;
    }

    @FunctionalInterface
    interface Step {
      Uni<?> take(CertificateProvider ca, Application application, WriteContext context);
    }

    Object take(Step step) {
      Object came;
      try {
        came =
            CASES.of(
                MOST_ANSWERED,
                () ->
                    (Object)
                        AcmeFixture.done(step.take(acme.provider(), application, acme.context())));
      } catch (RuntimeException e) {
        throw new AssertionError(which + " threw", e);
      }
      assertThat(came).isNotNull();
      Object outcome =
          switch (came) {
            case Answer.Success<?> success -> success.value();
            case Answer.Failed<?> failed -> failed.failure();
            default -> came;
          };
      if (outcome instanceof Progress progress) {
        application = AcmeFixture.with(application, progress);
        if (progress.phase() == Phase.ISSUED) {
          assertThat(progress.certificate().names()).as(which).containsExactly("www.fake.example");
        }
      }
      return outcome;
    }
  }

  private static Reply distorted(Mutator mutator, Reply usual) {
    synchronized (mutator) {
      Map<String, String> headers = new HashMap<>(usual.headers());
      if (mutator.pick(List.of(true, false, false))) {
        headers.put(mutator.pick(HEADERS), mutator.pick(VALUES));
      }
      headers.remove(mutator.pick(List.of("none", "none", "Location", "Link")));
      int status =
          mutator.pick(List.of(true, true, false))
              ? usual.status()
              : mutator.pick(List.of(200, 201, 301, 400, 401, 403, 404, 409, 429, 500, 503));
      return new Reply(
          status, headers, new String(mutator.mutate(usual.body().getBytes(UTF_8)), UTF_8));
    }
  }
}
