package dev.polycert.call;

import dev.polycert.metric.Metrics;
import dev.polycert.provider.Account;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.rate.TokenBucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes the {@link VendorCalls} of a provider from its descriptor and configuration. */
@ApplicationScoped
public class VendorCallsFactory {
  /** Calls per second where a vendor documents no limit. */
  private static final double UNDOCUMENTED = 10;

  private final ProviderConfig providers;
  private final HttpConfig http;
  private final TokenBucket tokens;
  private final Metrics metrics;
  private final Clock clock;
  private final RandomGenerator random;

  VendorCallsFactory(
      ProviderConfig providers,
      HttpConfig http,
      TokenBucket tokens,
      Metrics metrics,
      Clock clock,
      RandomGenerator random) {
    this.providers = providers;
    this.http = http;
    this.tokens = tokens;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
  }

  /** Configured limits win over documented ones. */
  public VendorCalls of(Descriptor descriptor, Account account) {
    Map<String, Double> limits = new HashMap<>(descriptor.limits());
    limits.putAll(providers.of(descriptor.id()).limits());
    return of(descriptor.id() + "/" + account.id(), limits);
  }

  /**
   * Makes the calls of what is no certificate service.
   *
   * @param scope whose calls share the limits
   * @param documented operation to calls per second; {@code *} for the rest
   */
  public VendorCalls of(String scope, Map<String, Double> documented) {
    Map<String, Double> limits = new HashMap<>(documented);
    limits.putIfAbsent("*", UNDOCUMENTED);
    limits.replaceAll((operation, limit) -> limit * http.limitFactor());
    return new VendorCalls(scope, limits, http, tokens, metrics, clock, random);
  }
}
