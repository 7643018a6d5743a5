package dev.polycert.rate;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

/**
 * Picks the token buckets of this process, at run time: one artifact serves every deployment. Each
 * kind is a bean with its own {@link Identifier}, and so no candidate for a plain injection point.
 */
class TokenBuckets {

  @Produces
  @ApplicationScoped
  TokenBucket tokenBucket(RateConfig config, @Any Instance<TokenBucket> buckets) {
    Instance<TokenBucket> chosen = buckets.select(Identifier.Literal.of(config.kind()));
    if (!chosen.isResolvable()) {
      throw new IllegalStateException(
          "polycert.rate.kind is \"%s\"; it must be \"local\" or \"dynamodb\""
              .formatted(config.kind()));
    }
    return chosen.get();
  }
}
