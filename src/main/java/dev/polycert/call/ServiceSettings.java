package dev.polycert.call;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

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
