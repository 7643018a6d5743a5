package dev.polycert.rate;

import dev.polycert.postgresql.Database;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/**
 * Picks the token buckets of this process, at run time: one artifact serves every deployment. Each
 * kind is a bean with its own {@link Identifier}, and so no candidate for a plain injection point.
 */
class TokenBuckets {

  @Produces
  @ApplicationScoped
  TokenBucket tokenBucket(RateConfig config, @Any Instance<TokenBucket> buckets) {
    return chosen(config, buckets).get();
  }

  /**
   * The configured kind, without making it.
   *
   * @throws IllegalStateException when there is no such kind
   */
  static Instance<TokenBucket> chosen(RateConfig config, Instance<TokenBucket> kinds) {
    Instance<TokenBucket> chosen = kinds.select(Identifier.Literal.of(config.kind()));
    if (!chosen.isResolvable()) {
      throw new IllegalStateException(
          "polycert.rate.kind is \"%s\"; it must be \"local\", \"postgresql\" or \"dynamodb\""
              .formatted(config.kind()));
    }
    return chosen;
  }

  /** Those in the database. */
  @Produces
  @ApplicationScoped
  @Identifier("postgresql")
  TokenBucket inDatabase(Database database, Clock clock) {
    return new SharedTokenBucket(new PostgresqlSlots(database), clock, Sleeper.real());
  }
}
