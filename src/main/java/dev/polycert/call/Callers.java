package dev.polycert.call;

import dev.polycert.metric.Metrics;
import dev.polycert.rate.TokenBucket;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes the {@link Caller} of a service from its descriptor and settings. */
@PerAccount
public class Callers {
  /** Calls per second where a vendor documents no limit. */
  private static final double UNDOCUMENTED = 10;

  private final HttpConfig http;
  private final TokenBucket tokens;
  private final Metrics metrics;
  private final Clock clock;
  private final RandomGenerator random;
  private final Optional<NamedAccount> account = NamedAccount.current();

  Callers(
      HttpConfig http, TokenBucket tokens, Metrics metrics, Clock clock, RandomGenerator random) {
    this.http = http;
    this.tokens = tokens;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
  }

  /** Makes the caller of one account; configured limits win over documented ones. */
  public Caller of(Descriptor service, ServiceSettings settings) {
    Map<String, Double> limits = settings.limits(service.limits());
    limits.putIfAbsent("*", UNDOCUMENTED);
    limits.replaceAll((operation, limit) -> limit * http.limitFactor());
    String id =
        account
            .map(named -> NamedAccount.qualified(service.id(), named.name()))
            .orElse(service.id());
    String scope = settings.account().map(account -> id + "/" + account).orElse(id);
    return new Caller(scope, limits, http, tokens, metrics, clock, random);
  }
}
