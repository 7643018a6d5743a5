package dev.polycert.provider;

import dev.polycert.rate.TokenBucket;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.util.Optional;

/** Gives every token at once, for tests of what a vendor itself refuses. */
@Alternative
@ApplicationScoped
public class FreeTokens implements TokenBucket {

  @Override
  public Uni<Optional<Instant>> take(
      String key, double perSecond, Instant deadline, Urgency urgency) {
    return Uni.createFrom().item(Optional.empty());
  }
}
