package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.AnsweringClients;
import dev.polycert.call.Callers;
import dev.polycert.call.Clients;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.RestClients;
import dev.polycert.call.VendorError;
import dev.polycert.metric.Metrics;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.alibaba.CasCalls;
import dev.polycert.testing.Resources;
import dev.polycert.testing.Services;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider at the emulated CAS, which verifies proofs and keeps the states of instances. */
abstract class CasProviderTests {
  static final String DOMAIN = "www.example.com";
  static final Map<String, String> CONTACTS = Map.of("ALIBABA_CLOUD_CAS_CONTACT_IDS", "1001, 1002");

  @RegisterExtension final Resources resources = new Resources();
  final CasCalls vendor = new CasCalls();

  /** The limits that were asked for, in calls per second by bucket. */
  final Map<String, Double> limits = new ConcurrentHashMap<>();

  AlibabaCasProvider provider;

  @BeforeEach
  void start() {
    provider = provider(CONTACTS);
  }

  AlibabaCasProvider provider(Map<String, String> more) {
    return (AlibabaCasProvider) make(AlibabaCasProvider.class, more);
  }

  /** Makes a part of the vendor as the container does. */
  Object make(Class<?> type, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000");
    settings.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "fake-secret-key-for-tests-only");
    settings.put("polycert.http.attempts", "1");
    SmallRyeConfig config = HttpTesting.config(settings);
    RestClients clients = new AnsweringClients(config, resources.vertx(), this::answer);
    Clock clock = Clock.fixed(vendor.world.now(), ZoneOffset.UTC);
    Callers callers =
        HttpTesting.calls(
            config,
            Clock.systemUTC(),
            Metrics.NONE,
            (key, perSecond, deadline, urgency) -> {
              limits.put(key, perSecond);
              return HttpTesting.UNLIMITED.take(key, perSecond, deadline, urgency);
            });
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(Config.class, config);
    parts.put(Clock.class, clock);
    parts.put(RandomGenerator.class, new Random(1));
    parts.put(Clients.class, HttpTesting.clients(config, clients, callers, resources.vertx()));
    return Services.make(type, settings, parts);
  }

  @SuppressWarnings("unchecked")
  private Response answer(List<Object> call) {
    assertThat(call.get(2)).isEqualTo("2020-04-07");
    Reply reply = vendor.call(call.get(1).toString(), (Map<String, ?>) call.get(3));
    return Response.status(reply.status()).entity(reply.body()).build();
  }

  static Applications www() {
    return Applications.forDomain(DOMAIN);
  }

  Plan plan(Applications asked) {
    return Awaiting.await(Preparation.Ready.class, provider.prepare(asked.application(), context()))
        .plan();
  }

  /** With the first of the candidates, as the caller reserves it. */
  Application reserved(Applications asked) {
    return asked.reference(plan(asked).candidates().getFirst()).application();
  }

  static Application with(Applications asked, Reference reference) {
    return asked.reference(reference).application();
  }

  Progress place(Application application) {
    return Awaiting.await(Progress.class, provider.place(application, context()));
  }

  Progress check(Application application) {
    return Awaiting.await(Progress.class, provider.check(application, context()));
  }

  /** Both writes, as the caller makes them. */
  Progress applied(Application application) {
    Progress placed = place(application);
    return placed.phase() == Phase.PLACING ? place(application) : placed;
  }

  void publish(List<Validation> validations) {
    assertThat(validations).isNotEmpty();
    for (Validation each : validations) {
      if (each.recordName() != null) {
        vendor.world.addDns(each.recordName(), each.recordType(), each.recordValue());
      } else {
        String path = each.url().replaceFirst("^http://[^/]+", "");
        vendor.world.putFile(each.domain(), path, each.content());
      }
    }
  }

  /** Applies, publishes and waits for the certificate. */
  Progress issued(Applications asked) {
    Application application = reserved(asked);
    applied(application);
    publish(check(application).validations());
    Progress issued = check(application);
    assertThat(issued.phase()).as(issued.toString()).isEqualTo(Phase.ISSUED);
    return issued;
  }

  VendorError refusal(Applications asked) {
    return Awaiting.await(Failure.Refused.class, provider.prepare(asked.application(), context()))
        .error();
  }
}
