package dev.polycert.fuzz;

import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.http.AnsweringClients;
import dev.polycert.provider.http.HttpTesting;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The providers, whose vendors answer every call with hostile variants of real answers. */
final class HostileVendors {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** A vendor may page for ever; a test may not. */
  private static final int MOST_CALLS = 30;

  private static final Path SAMPLES = Path.of("src/test/resources");

  private final Map<String, byte[]> samples = new HashMap<>();
  private Mutator mutator = new Mutator(new SplittableRandom(0));
  private RandomGenerator random = new SplittableRandom(0);
  private int calls;

  /** How many bytes the vendor has answered since the last reset. */
  long answered;

  private final List<CertificateProvider> providers = new ArrayList<>();

  HostileVendors(Vertx vertx) {
    Map<String, String> settings = new HashMap<>();
    settings.put("polycert.http.attempts", "1");
    for (String name :
        List.of(
            "TENCENTCLOUD_SECRET_ID",
            "TENCENTCLOUD_SECRET_KEY",
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_PROJECT_ID")) {
      settings.put(name, "fake-key-for-tests-only");
    }
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SmallRyeConfig config = HttpTesting.config(settings);
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(org.eclipse.microprofile.config.Config.class, config);
    parts.put(Clock.class, clock);
    parts.put(RandomGenerator.class, new SplittableRandom(1));
    parts.put(ProviderConfig.class, config.getConfigMapping(ProviderConfig.class));
    parts.put(
        com.fasterxml.jackson.databind.ObjectMapper.class,
        new com.fasterxml.jackson.databind.ObjectMapper());
    var calls = HttpTesting.calls(config, clock);
    parts.put(calls.getClass(), calls);
    for (String folder : List.of("tencent/ssl", "tencent/edgeone", "alibaba", "huawei")) {
      parts.put(
          dev.polycert.provider.http.RestClients.class,
          new AnsweringClients(config, vertx, call -> answer(folder, call)));
      providers.add(provider(folder, parts, settings));
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
    return providers;
  }

  void reset(long seed) {
    random = new SplittableRandom(seed);
    mutator = new Mutator(random);
    calls = 0;
    answered = 0;
  }

  private static CertificateProvider provider(
      String folder, Map<Class<?>, Object> parts, Map<String, String> settings) {
    try {
      if (folder.startsWith("tencent")) {
        Class<?> clients = Class.forName("dev.polycert.provider.tencent.TencentClients");
        parts.put(clients, make(clients, parts, settings));
      }
      Class<?> type =
          Class.forName(
              "dev.polycert.provider."
                  + switch (folder) {
                    case "tencent/ssl" -> "tencent.ssl.TencentSslProvider";
                    case "tencent/edgeone" -> "tencent.edgeone.EdgeOneProvider";
                    case "alibaba" -> "alibaba.esa.AlibabaEsaProvider";
                    default -> "huawei.scm.HuaweiScmProvider";
                  });
      return (CertificateProvider) make(type, parts, settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls the one constructor with what it wants, as the container does. */
  private static Object make(
      Class<?> type, Map<Class<?>, Object> parts, Map<String, String> settings)
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
    String operation = method.equals("call") ? call.get(1).toString() : method;
    List<String> all =
        samples.keySet().stream()
            .filter(name -> name.startsWith(folder + "/") && !name.contains(".request."))
            .sorted()
            .toList();
    List<String> fitting =
        all.stream()
            .filter(
                name ->
                    name.toLowerCase(Locale.ROOT)
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
