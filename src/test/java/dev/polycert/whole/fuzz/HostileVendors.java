package dev.polycert.whole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.Callers;
import dev.polycert.call.Clients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.RestClients;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.domain.NameServers;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.testing.Services;
import dev.polycert.vendor.aws.AwsKeys;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Everything of ours that asks somebody, all of whom answer every call with hostile variants of
 * real answers.
 */
final class HostileVendors {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** A vendor may page for ever; a test may not. */
  private static final int MOST_CALLS = 30;

  private static final Path SAMPLES = Path.of("src/test/resources");

  /** Samples of a service are in a folder that has its id for a name, but for these. */
  private static final Map<String, String> FOLDERS =
      Map.ofEntries(
          Map.entry("tencent-ssl", "tencent/ssl"),
          Map.entry("tencent-edgeone", "tencent/edgeone"),
          Map.entry("alibaba-esa", "alibaba"),
          Map.entry("alibaba-alb", "alibabacloud"),
          Map.entry("alibaba-cas", "alibabacloud"),
          Map.entry("alibaba-cdn", "alibabacloud"),
          Map.entry("alibaba-clb", "alibabacloud"),
          Map.entry("alibaba-dcdn", "alibabacloud"),
          Map.entry("alibaba-oss", "alibabacloud"),
          Map.entry("huawei-scm", "huawei"),
          Map.entry("aws-acm", "acm"),
          Map.entry("aws-secrets-manager", "secretsmanager"));

  private final Vertx vertx;
  private final Cases cases;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, byte[]> samples = new HashMap<>();
  private Mutator mutator = new Mutator(new SplittableRandom(0));
  private RandomGenerator random = new SplittableRandom(0);
  private int calls;

  /** How many bytes were answered since the last reset. */
  private long answered;

  HostileVendors(Vertx vertx, Cases cases) {
    this.vertx = vertx;
    this.cases = cases;
    settings.put("ALIBABA_CLOUD_CAS_CONTACT_IDS", "1001");
    settings.put("polycert.http.attempts", "1");
    settings.put("polycert.http.breaker-failures", "1000000");
    settings.put("polycert.deliver.kubernetes.endpoint", "http://127.0.0.1:8001");
    settings.put("polycert.deliver.kubernetes.token", "fake-key-for-tests-only");
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        samples.put(
            SAMPLES.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<CertificateProvider> providers() {
    return all(CertificateProvider.class);
  }

  List<DnsWriter> writers() {
    return all(DnsWriter.class);
  }

  List<Deliverer> deliverers() {
    return all(Deliverer.class);
  }

  /**
   * All services of that kind, made with keys for what they need. Those that speak no HTTP, or
   * through a library with its own client, have fuzz tests of their own.
   */
  private <T> List<T> all(Class<T> spi) {
    return Services.of(spi).stream()
        .filter(Services.Found::rest)
        .map(found -> spi.cast(withKeys(found)))
        .toList();
  }

  private Object withKeys(Services.Found found) {
    found.descriptor().required().forEach(name -> settings.putIfAbsent(name, key(name)));
    // A server of the operator's own has no other address.
    settings.put("polycert.dns-writer.\"" + found.id() + "\".endpoint", "https://fake.example");
    return made(found.type(), FOLDERS.getOrDefault(found.id(), found.id()));
  }

  private static String key(String variable) {
    return variable.endsWith("_REGION")
        ? "us-east-1"
        : Canaries.SECRETS.getOrDefault(variable, "fake-key-for-tests-only");
  }

  /** Takes a step, which has to end with something that is no flood. */
  <T> T ended(String name, long seed, Supplier<Uni<T>> step) {
    random = new SplittableRandom(seed ^ name.hashCode());
    mutator = new Mutator(random);
    calls = 0;
    answered = 0;
    try {
      T outcome = cases.of(() -> answered, () -> step.get().await().atMost(Duration.ofSeconds(10)));
      assertThat(outcome).isNotNull();
      assertThat((long) outcome.toString().length()).isLessThan(10_000 + 4 * answered);
      return outcome;
    } catch (RuntimeException e) {
      throw new AssertionError(name + " with seed " + seed + " threw", e);
    }
  }

  private Object made(Class<?> type, String folder) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SmallRyeConfig config = HttpTesting.config(settings);
    RestClients clients = new AnsweringClients(config, vertx, call -> answer(folder, call));
    Callers callers = HttpTesting.calls(config, clock);
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(Config.class, config);
    parts.put(Clock.class, clock);
    NameServers silent = (zone, deadline) -> Uni.createFrom().item(Optional.empty());
    parts.put(NameServers.class, silent);
    parts.put(RandomGenerator.class, new SplittableRandom(1));
    parts.put(ObjectMapper.class, new ObjectMapper());
    parts.put(Vertx.class, vertx);
    parts.put(Callers.class, callers);
    parts.put(RestClients.class, clients);
    parts.put(Clients.class, HttpTesting.clients(config, clients, callers, vertx));
    parts.put(AwsKeys.class, AwsTesting.keys());
    return Services.make(type, settings, parts);
  }

  private Response answer(String folder, List<Object> call) {
    String method = call.get(0).toString();
    String operation =
        method.equals("call") ? call.get(1).toString().replaceFirst(".*\\.", "") : method;
    List<String> all =
        samples.keySet().stream()
            .filter(name -> name.startsWith(folder + "/") && !name.contains(".request."))
            .sorted()
            .toList();
    List<String> fitting =
        all.stream()
            .filter(
                name ->
                    name.replace("/ListDns", "/List")
                        .replace("eDnsRecord", "eRecord")
                        .toLowerCase(Locale.ROOT)
                        .startsWith((folder + "/" + operation + ".").toLowerCase(Locale.ROOT)))
            .toList();
    if (++calls > MOST_CALLS) {
      return Response.status(500).entity(new byte[0]).build();
    }
    boolean fits = !fitting.isEmpty() && random.nextInt(10) < 8;
    String name = mutator.pick(fits ? fitting : all);
    int status = name.contains("error.") ? 400 : 200;
    if (random.nextInt(20) == 0) {
      status = mutator.pick(List.of(100, 200, 204, 301, 400, 401, 404, 429, 500, 503, 599));
    }
    byte[] body = mutator.mutate(samples.get(name));
    answered += body.length;
    return Response.status(status)
        .entity(body)
        .header("Retry-After", mutator.pick(List.of("1", "x", "99999999999", "-1")))
        .header("X-Request-Id", "r-1")
        .build();
  }
}
