package dev.polycert.rate;

import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Rejects a kind of token buckets that there is not, before one is needed. */
@ApplicationScoped
class RateSettings implements StartupCheck {
  private final RateConfig config;
  private final Instance<TokenBucket> kinds;

  RateSettings(RateConfig config, @Any Instance<TokenBucket> kinds) {
    this.config = config;
    this.kinds = kinds;
  }

  @Override
  public List<String> wrong() {
    return StartupCheck.of(() -> TokenBuckets.chosen(config, kinds));
  }
}
