package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.RecordedIntents;
import dev.polycert.provider.Reference;
import dev.polycert.provider.TestConfig;
import dev.polycert.testing.Resources;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider against a vendor that answers from fixtures. */
abstract class EsaProviderTests {
  static final String SITE = "1234567890123";
  static final Reference REFERENCE = Reference.of("siteId", SITE, "id", "30000478");
  static final Instant NOW = Instant.parse("2026-11-21T19:00:00.123Z");

  @Inject Vertx vertx;

  @RegisterExtension final Resources resources = new Resources();
  FixtureServer vendor;
  RecordedIntents intents;
  AlibabaEsaProvider provider;

  @BeforeEach
  void start() {
    vendor =
        resources.add(new FixtureServer(vertx, request -> request.headers().get("x-acs-action")));
    intents = new RecordedIntents(() -> vendor.received().size());
    provider =
        provider(
            Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET", Answers.SECRET,
                "ALIBABA_CLOUD_SECURITY_TOKEN", Answers.TOKEN));
  }

  AlibabaEsaProvider provider(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>(environment);
    properties.put("polycert.provider.\"alibaba-esa\".endpoint", vendor.uri().toString());
    properties.put("polycert.http.backoff", "1ms");
    properties.put("polycert.http.max-backoff", "2ms");
    SmallRyeConfig config = TestConfig.of(properties, ProviderConfig.class, EsaConfig.class);
    return new AlibabaEsaProvider(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(EsaConfig.class),
        config.getConfigMapping(ProviderConfig.class),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new SplittableRandom(42));
  }

  static Reply answer(String fixture) {
    return Reply.fixture(200, "alibaba/" + fixture + ".json");
  }

  static Reply error(int status, String fixture) {
    return Reply.fixture(status, "alibaba/error." + fixture + ".json");
  }

  /** The answer's value, or its failure. */
  static Object await(Uni<? extends Answer<?>> step) {
    return Awaiting.await(Object.class, step);
  }

  static Application www() {
    return Applications.forDomain("www.example.com").application();
  }

  static Application planned() {
    return Applications.forDomain("www.example.com").plan(Map.of("siteId", SITE)).application();
  }

  static Application applied() {
    return new Applications(planned()).reference(REFERENCE).application();
  }

  Object prepare(Application application) {
    return await(provider.prepare(application, context()));
  }

  Object place() {
    return await(provider.place(planned(), intents.context()));
  }

  Object check(Application application) {
    return await(provider.check(application, context()));
  }

  Object find() {
    return await(provider.find(planned(), context()));
  }

  static VendorError refusal(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  static Plan plan(Object outcome) {
    assertThat(outcome).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) outcome).plan();
  }

  static Progress progress(Object outcome) {
    Object progress =
        outcome instanceof Preparation.Existing(Progress existing) ? existing : outcome;
    assertThat(progress).isInstanceOf(Progress.class);
    return (Progress) progress;
  }

  void nothingThereYet() {
    vendor
        .on("ListSites", answer("ListSites"))
        .on("ListCertificates", answer("ListCertificates.empty"))
        .on("GetCertificateQuota", answer("GetCertificateQuota"));
  }
}
