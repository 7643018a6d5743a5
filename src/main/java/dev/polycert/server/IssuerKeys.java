package dev.polycert.server;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer. They are fetched when they are needed, and kept for some minutes. A
 * token of an unknown key has them fetched anew. Anybody can send such a token, so fetches have a
 * pause between them, and one runs at a time.
 */
final class IssuerKeys {
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** How long the last keys are valid while the issuer cannot be reached. */
  private static final Duration KEPT = Duration.ofHours(12);

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Supplier<Future<String>> source;
  private final Clock clock;
  private @Nullable Fetched last;
  private @Nullable Uni<List<JsonWebKey>> underWay;
  private Instant asked = Instant.MIN;

  IssuerKeys(Supplier<Future<String>> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  private record Fetched(Instant at, List<JsonWebKey> keys) {

    boolean younger(Duration age, Instant now) {
      return now.isBefore(at.plus(age));
    }
  }

  /**
   * The keys as they were some minutes ago, at most; older ones where the issuer could not be
   * reached just before, so that not every token waits for it.
   */
  synchronized Uni<List<JsonWebKey>> recent() {
    Instant now = clock.instant();
    Fetched known = last;
    boolean failed = underWay == null && now.isBefore(asked.plus(PAUSE));
    return known != null && known.younger(failed ? KEPT : FRESH, now)
        ? Uni.createFrom().item(known.keys)
        : fetched();
  }

  /** The present keys; those of the last fetch if that was just before. */
  synchronized Uni<List<JsonWebKey>> present() {
    Fetched known = last;
    return known != null && clock.instant().isBefore(asked.plus(PAUSE))
        ? Uni.createFrom().item(known.keys)
        : fetched();
  }

  private Uni<List<JsonWebKey>> fetched() {
    if (underWay == null) {
      asked = clock.instant();
      underWay =
          Uni.createFrom()
              .completionStage(() -> source.get().toCompletionStage())
              // Signatures are not verified on the event loop.
              .emitOn(Thread::startVirtualThread)
              .map(IssuerKeys::read)
              .onItemOrFailure()
              .transform(this::ended)
              .memoize()
              .indefinitely();
    }
    return underWay;
  }

  private synchronized List<JsonWebKey> ended(
      @Nullable List<JsonWebKey> keys, @Nullable Throwable failure) {
    underWay = null;
    Instant now = clock.instant();
    if (keys != null) {
      last = new Fetched(now, keys);
      return keys;
    }
    if (last != null && last.younger(KEPT, now)) {
      return last.keys;
    }
    throw new IllegalStateException("the issuer's keys cannot be fetched", failure);
  }

  private static List<JsonWebKey> read(String jwks) {
    try {
      return List.copyOf(new JsonWebKeySet(jwks).getJsonWebKeys());
    } catch (JoseException e) {
      throw new IllegalStateException("the issuer answers with something that is no JWKS", e);
    }
  }
}
