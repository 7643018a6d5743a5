package dev.polycert.vendor.kubernetes;

import dev.polycert.call.HttpTesting;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes deliverers for tests, and has the answers of an API server. */
public final class Kubernetes {
  static final String TOKEN = Canaries.of(Cluster.TOKEN);

  private Kubernetes() {}

  /** Writes Secrets of the cluster at this address. */
  public static KubernetesDeliverer at(URI endpoint, @Nullable String ca, Vertx vertx) {
    SmallRyeConfig config = HttpTesting.config(Map.of("polycert.http.backoff", "1ms"));
    return new KubernetesDeliverer(
        config,
        settings(endpoint, TOKEN, ca),
        HttpTesting.restClients(config, vertx),
        HttpTesting.calls(config, Clock.systemUTC()));
  }

  static KubernetesConfig settings(
      @Nullable URI endpoint, @Nullable String token, @Nullable String ca) {
    return new KubernetesConfig() {
      @Override
      public Optional<URI> endpoint() {
        return Optional.ofNullable(endpoint);
      }

      @Override
      public Optional<String> token() {
        return Optional.ofNullable(token);
      }

      @Override
      public Optional<String> ca() {
        return Optional.ofNullable(ca);
      }
    };
  }

  static String answer(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/kubernetes", name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
