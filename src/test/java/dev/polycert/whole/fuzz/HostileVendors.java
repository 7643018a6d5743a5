package dev.polycert.whole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.RestClients;
import dev.polycert.call.Callers;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.vendor.aws.AwsKeys;
import dev.polycert.vendor.aws.AwsTesting;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final String TENCENT_CLIENTS = "provider.tencent.TencentClients";
  private static final String TENCENT_SSL = "provider.tencent.ssl.TencentSslProvider";
  private static final String ALIBABA_ESA = "provider.alibaba.esa.AlibabaEsaProvider";
  private static final String HUAWEI_SCM = "provider.huawei.scm.HuaweiScmProvider";
  private static final String AWS = "provider.aws.AwsJsonService$Factory";

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
    settings.put("polycert.http.attempts", "1");
    settings.put("polycert.http.breaker-failures", "1000000");
    for (String name :
        List.of(
            "TENCENTCLOUD_SECRET_ID",
            "TENCENTCLOUD_SECRET_KEY",
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_PROJECT_ID",
            "CLOUDFLARE_API_TOKEN")) {
      settings.put(name, "fake-key-for-tests-only");
    }
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
    return List.of(
        make(CertificateProvider.class, "tencent/ssl", TENCENT_CLIENTS, TENCENT_SSL),
        make(
            CertificateProvider.class,
            "tencent/edgeone",
            TENCENT_CLIENTS,
            "provider.tencent.edgeone.EdgeOneProvider"),
        make(CertificateProvider.class, "alibaba", ALIBABA_ESA),
        make(CertificateProvider.class, "huawei", HUAWEI_SCM));
  }

  List<DnsWriter> writers() {
    return List.of(
        make(DnsWriter.class, "cloudflare", "dns.cloudflare.CloudflareWriter"),
        make(DnsWriter.class, "alidns", "provider.alibaba.dns.AlidnsWriter"),
        make(DnsWriter.class, "huaweidns", "provider.huawei.dns.HuaweiDnsWriter"),
        make(DnsWriter.class, "dnspod", TENCENT_CLIENTS, "provider.tencent.dnspod.DnspodWriter"),
        make(DnsWriter.class, "route53", "provider.aws.route53.Route53Writer"));
  }

  List<Deliverer> deliverers() {
    return List.of(
        make(
            Deliverer.class,
            "tencent/ssl",
            TENCENT_CLIENTS,
            TENCENT_SSL,
            "provider.tencent.ssl.TencentSslDeliverer"),
        make(Deliverer.class, "alibaba", ALIBABA_ESA, "provider.alibaba.esa.AlibabaEsaDeliverer"),
        make(Deliverer.class, "huawei", HUAWEI_SCM, "provider.huawei.scm.HuaweiScmDeliverer"),
        make(Deliverer.class, "acm", AWS, "provider.aws.acm.AcmDeliverer"),
        make(
            Deliverer.class,
            "secretsmanager",
            AWS,
            "provider.aws.secretsmanager.SecretsManagerDeliverer"));
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

  /** Makes the last one of these classes, which may want the others. */
  private <T> T make(Class<T> type, String folder, String... classes) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SmallRyeConfig config = HttpTesting.config(settings);
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(Config.class, config);
    parts.put(Clock.class, clock);
    parts.put(RandomGenerator.class, new SplittableRandom(1));
    parts.put(ObjectMapper.class, new ObjectMapper());
    parts.put(Callers.class, HttpTesting.calls(config, clock));
    parts.put(AwsKeys.class, AwsTesting.keys());
    parts.put(RestClients.class, new AnsweringClients(config, vertx, call -> answer(folder, call)));
    Object made = null;
    try {
      for (String name : classes) {
        Class<?> next = Class.forName("dev.polycert." + name);
        made = make(next, parts);
        parts.put(next, made);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return type.cast(made);
  }

  /** Calls the one constructor with what it wants, as the container does. */
  private Object make(Class<?> type, Map<Class<?>, Object> parts)
      throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    List<Object> arguments = new ArrayList<>();
    for (Class<?> wanted : constructor.getParameterTypes()) {
      Object part = parts.get(wanted);
      arguments.add(
          part != null
              ? part
              : new SmallRyeConfigBuilder()
                  .addDiscoveredConverters()
                  .withMapping(wanted)
                  .withSources(new PropertiesConfigSource(settings, "test", 100))
                  .build()
                  .getConfigMapping(wanted));
    }
    return constructor.newInstance(arguments.toArray());
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
