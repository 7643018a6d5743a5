package dev.polycert.vendor.kubernetes;

import dev.polycert.call.NamedAccount;
import dev.polycert.call.OwnServers;
import dev.polycert.provider.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The address of the API server, the CA that signs its certificate, and Polycert's token there. */
final class Cluster {
  static final String ENDPOINT = "POLYCERT_DELIVER_KUBERNETES_ENDPOINT";
  static final String TOKEN = "POLYCERT_DELIVER_KUBERNETES_TOKEN";
  static final String CA = "POLYCERT_DELIVER_KUBERNETES_CA";

  private static final String HOST = "KUBERNETES_SERVICE_HOST";
  private static final String PORT = "KUBERNETES_SERVICE_PORT";

  private final @Nullable URI endpoint;
  private final Optional<String> token;
  private final Optional<String> ca;
  private final Optional<Path> pod;
  private final List<String> missing = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * Finds the cluster.
   *
   * @param account where a pod has the token of its account, and the CA ("Accessing the Kubernetes
   *     API from a Pod")
   */
  Cluster(Config environment, KubernetesConfig config, Path account) {
    Optional<NamedAccount> named = NamedAccount.current();
    token = named.isPresent() ? value(environment, TOKEN) : config.token();
    ca =
        (named.isPresent() ? value(environment, CA) : config.ca())
            .map(Pem::text)
            .filter(text -> !text.isEmpty());
    Optional<String> host = environment.getOptionalValue(HOST, String.class);
    if (named.isEmpty() && config.endpoint().isEmpty() && host.isPresent()) {
      String port = environment.getOptionalValue(PORT, String.class).orElse("443");
      String name = host.get().contains(":") ? "[" + host.get() + "]" : host.get();
      endpoint = URI.create("https://" + name + ":" + port);
      pod = Optional.of(account);
      return;
    }
    endpoint =
        named
            .flatMap(NamedAccount::endpoint)
            .or(() -> named.flatMap(own -> NamedAccount.value(environment, ENDPOINT, URI.class)))
            .or(config::endpoint)
            .orElse(null);
    pod = Optional.empty();
    if (endpoint == null) {
      missing.add(NamedAccount.endpointVariable(ENDPOINT));
    } else if (!isSafe(endpoint)) {
      missing.add(NamedAccount.endpointVariable(ENDPOINT) + " with https://");
      wrong.add(
          "%s must be https://host or https://host:port, not %s"
              .formatted(NamedAccount.endpointVariable(ENDPOINT), endpoint));
    }
    if (token.isEmpty()) {
      missing.add(NamedAccount.variable(TOKEN));
    }
    if (ca.isEmpty() && (endpoint == null || "https".equalsIgnoreCase(endpoint.getScheme()))) {
      missing.add(NamedAccount.variable(CA));
    } else if (ca.isPresent() && Pem.certificate(ca.get()).isEmpty()) {
      missing.add(NamedAccount.variable(CA) + " as PEM");
      wrong.add(NamedAccount.variable(CA) + " must be certificates in PEM");
    }
  }

  private static Optional<String> value(Config environment, String own) {
    return NamedAccount.value(environment, own, String.class);
  }

  /** The token would go over the network in plain text otherwise. */
  private static boolean isSafe(URI endpoint) {
    return endpoint.getHost() != null
        && ("https".equalsIgnoreCase(endpoint.getScheme())
            || ("http".equalsIgnoreCase(endpoint.getScheme())
                && OwnServers.isThisMachine(endpoint.getHost())));
  }

  /** The settings that are missing or wrong. */
  List<String> missing() {
    return missing;
  }

  /** What is wrong with those that are set. */
  List<String> wrong() {
    return wrong;
  }

  URI endpoint() {
    if (endpoint == null) {
      throw new IllegalStateException("asked for although it is missing");
    }
    return endpoint;
  }

  /** The CA; null where there is no TLS. Blocks. */
  @Nullable String roots() {
    return pod.map(account -> read(account.resolve("ca.crt"))).or(() -> ca).orElse(null);
  }

  /** The token; that of a pod is changed every hour. Blocks. */
  String token() {
    return pod.map(account -> read(account.resolve("token")).strip()).or(() -> token).orElse("");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
