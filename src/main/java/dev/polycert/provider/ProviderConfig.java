package dev.polycert.provider;

import dev.polycert.call.ServiceSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Settings that every provider has, by provider id: {@code polycert.provider."tencent-ssl".…}. */
@ConfigMapping(prefix = "polycert.provider")
public interface ProviderConfig {

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

  /**
   * Makes sure that settings are those of providers that there are.
   *
   * @throws IllegalArgumentException when they are not
   */
  default void requireKnown(Collection<String> providers) {
    for (String id : byId().keySet()) {
      if (providers.stream().noneMatch(it -> it.equals(id) || inEnvironment(it).equals(id))) {
        throw new IllegalArgumentException(
            "polycert.provider.\"%s\" names no provider: there are %s"
                .formatted(id, String.join(", ", providers)));
      }
    }
  }

  /**
   * Makes sure that limits let calls through.
   *
   * @throws IllegalArgumentException when they do not
   */
  default void requireLimits() {
    byId()
        .forEach(
            (id, settings) ->
                settings
                    .limits()
                    .forEach(
                        (operation, perSecond) -> {
                          if (!(perSecond > 0 && perSecond <= Double.MAX_VALUE)) {
                            throw new IllegalArgumentException(
                                "polycert.provider.\"%s\".limits.\"%s\" must be more than 0, not %s: no call would go out"
                                    .formatted(id, operation, perSecond));
                          }
                        }));
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
