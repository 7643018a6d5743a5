package dev.polycert.call;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one service.
 *
 * @param endpoint the address of its API, in place of the vendor's own
 * @param account the name of the account, which separates its rate limits from those of others;
 *     empty where there is one only
 * @param limits calls per second by operation, in place of the documented ones
 */
public record ServiceSettings(
    Optional<URI> endpoint, Optional<String> account, Map<String, Double> limits) {

  public ServiceSettings {
    limits = Map.copyOf(limits);
  }

  /**
   * The limits with the configured ones in place of those that are documented. Their names may be
   * in lower case, as from the environment.
   */
  public Map<String, Double> limits(Map<String, Double> documented) {
    Map<String, Double> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(documented);
    all.putAll(limits);
    return all;
  }

  /** These, as an account has them. */
  ServiceSettings of(Optional<NamedAccount> user) {
    return user.map(
            named ->
                new ServiceSettings(named.endpoint().or(() -> endpoint), Optional.empty(), limits))
        .orElse(this);
  }

  /** The settings of a service with one account and the documented limits. */
  public ServiceSettings(Optional<URI> endpoint) {
    this(endpoint, Optional.empty(), Map.of());
  }
}
