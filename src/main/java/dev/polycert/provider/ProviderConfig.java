package dev.polycert.provider;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ServiceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Settings that every provider has, by provider id: {@code polycert.provider."tencent-ssl".…}. */
@ConfigMapping(prefix = "polycert.provider")
public interface ProviderConfig {

  /** Stands for the operations that have no limit of their own. */
  String ALL_OTHERS = "*";

  @WithParentName
  @WithDefaults
  Map<String, Settings> byId();

  /** The settings of a provider, the defaults where nothing is set. */
  default Settings of(String provider) {
    return Objects.requireNonNull(
        byId().get(byId().containsKey(provider) ? provider : inEnvironment(provider)));
  }

  /**
   * A provider's id as SmallRye Config reads it from the name of an environment variable, which has
   * no hyphens: {@code tencent.ssl}.
   */
  private static String inEnvironment(String provider) {
    return provider.replace('-', '.');
  }

  /** What is wrong with settings of providers that there are not, by their names. */
  default List<String> unknown(Collection<String> providers) {
    return byId().keySet().stream()
        .sorted()
        .filter(id -> providers.stream().noneMatch(it -> isOf(id, it)))
        .map(
            id ->
                "polycert.provider.\"%s\" names no provider: there are %s"
                    .formatted(id, String.join(", ", providers)))
        .toList();
  }

  /** Whether settings of an id, perhaps out of the environment, are those of a provider. */
  private static boolean isOf(String id, String provider) {
    return provider.equals(id) || inEnvironment(provider).equals(id);
  }

  /** What is wrong with limits that let no call through, by their names. */
  default List<String> wrongLimits() {
    return eachLimit(
        (id, settings) ->
            settings.limits().entrySet().stream()
                .filter(limit -> !(limit.getValue() > 0 && limit.getValue() <= Double.MAX_VALUE))
                .map(
                    limit ->
                        "%s must be more than 0, not %s: no call would go out"
                            .formatted(limitOf(id, limit.getKey()), limit.getValue())));
  }

  /**
   * What is wrong with limits of operations that no provider calls, by their names.
   *
   * @param services the providers of this build
   */
  default List<String> unknownOperations(Collection<Descriptor> services) {
    return eachLimit(
        (id, settings) ->
            services.stream()
                .filter(service -> isOf(id, service.id()) && !service.operations().isEmpty())
                .flatMap(
                    service ->
                        settings.limits().keySet().stream()
                            .filter(operation -> !isCalled(operation, service))
                            .map(
                                operation ->
                                    "%s is of no operation that %s calls: it calls %s, and * stands for all others"
                                        .formatted(
                                            limitOf(id, operation),
                                            service.id(),
                                            String.join(", ", service.operations())))));
  }

  private static boolean isCalled(String operation, Descriptor service) {
    return operation.equals(ALL_OTHERS)
        || service.operations().stream().anyMatch(operation::equalsIgnoreCase);
  }

  private static String limitOf(String id, String operation) {
    return "polycert.provider.\"%s\".limits.\"%s\"".formatted(id, operation);
  }

  private List<String> eachLimit(BiFunction<String, Settings, Stream<String>> wrong) {
    return byId().entrySet().stream()
        .flatMap(entry -> wrong.apply(entry.getKey(), entry.getValue()))
        .sorted()
        .toList();
  }

  /** The settings of the service behind a provider. */
  default ServiceSettings service(String provider) {
    Settings settings = of(provider);
    return new ServiceSettings(
        settings.endpoint(), Optional.of(settings.account()), settings.limits());
  }

  /** One provider's settings. */
  interface Settings {

    /** The address of the vendor's API; the vendor's own by default. */
    Optional<URI> endpoint();

    /**
     * The name of the credentials, part of every order's identity. Change it only when the keys
     * belong to another account, never when they are rotated.
     */
    @WithDefault("default")
    String account();

    /**
     * How many applications of one request are under way at once. More than the connections ({@code
     * polycert.http.pool-size}), so that none is idle while orders are recorded.
     */
    @WithDefault("100")
    int concurrency();

    /**
     * Whether DNSSEC and CAA records are looked at before an application: an obstacle should be
     * known before a quota is spent. ACME has a switch of its own.
     */
    @WithDefault("true")
    boolean look();

    /**
     * Calls per second by operation, in place of the documented limits; {@code *} for all others.
     */
    Map<String, Double> limits();
  }
}
