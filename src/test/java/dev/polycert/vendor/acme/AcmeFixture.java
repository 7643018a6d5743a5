package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.HttpConfig;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.metric.Metrics;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.rate.TokenBucket;
import dev.polycert.testing.Pebble;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import dev.polycert.vault.VaultStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@code acme} provider without a container, and one who goes through its steps. */
final class AcmeFixture implements AutoCloseable {
  /** Sees everything, for tests of what comes after. */
  static final ValidationLook SEES_ALL =
      new ValidationLook() {
        @Override
        public Uni<Finding> record(String name, String type, String value, Instant deadline) {
          return seen(name);
        }

        @Override
        public Uni<Finding> file(String url, String content, Instant deadline) {
          return seen(url);
        }

        private Uni<Finding> seen(String what) {
          return Uni.createFrom().item(new Finding(what, Finding.Status.PRESENT, List.of(), null));
        }
      };

  private final Map<String, String> settings = new HashMap<>();
  private VaultStore store = new TestVault.Memory();
  private String vaultKey = TestVault.KEY;
  private ValidationLook look = SEES_ALL;
  private Clock clock = Clock.systemUTC();
  private Duration patience = Duration.ofSeconds(60);
  private TokenBucket tokens = HttpTesting.UNLIMITED;
  private @Nullable AcmeCertificateProvider provider;
  private @Nullable Authorities authorities;

  private AcmeFixture() {
    set("polycert.http.backoff", "1ms");
    set("polycert.http.max-backoff", "5ms");
  }

  /** Without any CA. */
  static AcmeFixture nowhere() {
    return new AcmeFixture();
  }

  static AcmeFixture at(String directory) {
    return new AcmeFixture().set("polycert.acme.ca.\"test\".directory", directory);
  }

  static AcmeFixture at(Pebble pebble) {
    return at(pebble.directory().toString())
        .set("polycert.acme.ca.\"test\".trust", pebble.trust().toString());
  }

  AcmeFixture set(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  AcmeFixture store(VaultStore other) {
    store = other;
    return this;
  }

  AcmeFixture vaultKey(String other) {
    vaultKey = other;
    return this;
  }

  AcmeFixture look(ValidationLook other) {
    look = other;
    return this;
  }

  AcmeFixture clock(Clock other) {
    clock = other;
    return this;
  }

  AcmeFixture tokens(TokenBucket other) {
    tokens = other;
    return this;
  }

  /** How long each step may take. */
  AcmeFixture patience(Duration other) {
    patience = other;
    return this;
  }

  /** Another process with the same settings and the same vault. */
  AcmeFixture another() {
    AcmeFixture other = new AcmeFixture();
    other.settings.putAll(settings);
    return other.store(store).look(look).clock(clock).patience(patience);
  }

  synchronized AcmeCertificateProvider provider() {
    if (provider == null) {
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withMapping(AcmeConfig.class)
              .withMapping(HttpConfig.class)
              .withMapping(ProviderConfig.class)
              .withSources(new PropertiesConfigSource(settings, "test", 100))
              .build();
      AcmeConfig acme = config.getConfigMapping(AcmeConfig.class);
      ProviderConfig providers = config.getConfigMapping(ProviderConfig.class);
      Vault vault = TestVault.over(store, vaultKey);
      authorities =
          new Authorities(
              acme,
              providers,
              config.getConfigMapping(HttpConfig.class),
              vault,
              HttpTesting.calls(config, clock, Metrics.NONE, tokens),
              clock);
      provider = new AcmeCertificateProvider(authorities, acme, providers, vault, look, clock);
    }
    return provider;
  }

  @Override
  public void close() {
    if (authorities != null) {
      authorities.close();
    }
  }

  WriteContext context() {
    return new WriteContext(
        clock.instant().plus(patience), new Object(), operation -> Uni.createFrom().voidItem());
  }

  Object prepare(Application application) {
    return came(provider().prepare(application, context()));
  }

  /** Prepares and places: what the CA said, and the application as it is then. */
  Applied apply(Applications applications) {
    Application application = applications.application();
    Object prepared = prepare(application);
    if (!(prepared instanceof Preparation.Ready ready)) {
      throw new AssertionError("not ready: " + prepared);
    }
    Application planned = applications.plan(ready.plan().settings()).application();
    Object placed = came(provider().place(planned, context()));
    if (!(placed instanceof Progress progress)) {
      throw new AssertionError("not placed: " + placed);
    }
    return new Applied(this, with(planned, progress), progress);
  }

  static Application with(Application application, Progress progress) {
    Reference reference = progress.reference();
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        reference,
        progress.validations().isEmpty() ? application.validations() : progress.validations(),
        Instant.EPOCH,
        application.renewalOf());
  }

  /** The answer's value, or its failure. */
  static Object came(Uni<? extends Answer<?>> step) {
    return switch (done(step)) {
      case Answer.Success<?> success -> success.value();
      case Answer.Failed<?> failed -> failed.failure();
    };
  }

  static <T> T done(Uni<T> step) {
    return step.await().atMost(Duration.ofMinutes(5));
  }

  /** An order that is at the CA. */
  record Applied(AcmeFixture fixture, Application application, Progress progress) {

    Object check() {
      return came(fixture.provider().check(application, fixture.context()));
    }

    /** Checks until the CA says something else than to wait. */
    Progress issued() {
      Object outcome = check();
      if (outcome instanceof Progress at && at.phase() == Phase.ISSUED) {
        return at;
      }
      throw new AssertionError("not issued: " + outcome);
    }

    /** The same order at another process. */
    Applied at(AcmeFixture other) {
      return new Applied(other, application, progress);
    }
  }
}
