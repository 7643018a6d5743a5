package dev.polycert.server;

import com.google.common.base.Suppliers;
import dev.polycert.function.invocation.Claims;
import dev.polycert.function.invocation.OidcConfig;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies the tokens of one issuer: signature, issuer, audience and times (RFC 7519, RFC 8725). A
 * valid token lets its bearer in with the scopes of its claims.
 */
@ApplicationScoped
class Tokens {
  private static final Pattern SIGNED =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Algorithms of public keys only: the others would take the issuer's public key for a secret. */
  private static final String[] ALGORITHMS = {
    AlgorithmIdentifiers.RSA_USING_SHA256,
    AlgorithmIdentifiers.RSA_USING_SHA384,
    AlgorithmIdentifiers.RSA_USING_SHA512,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
    AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
    AlgorithmIdentifiers.EDDSA
  };

  private static final int SKEW_SECONDS = 30;

  private final OidcConfig config;
  private final Claims claims;
  private final IssuerKeys keys;
  private final Clock clock;

  Tokens(OidcConfig config, Claims claims, Vertx vertx, Clock clock) {
    this.config = config;
    this.claims = claims;
    this.clock = clock;
    Supplier<JwksClient> client =
        Suppliers.memoize(() -> new JwksClient(vertx, config.jwks().orElseThrow()));
    this.keys = new IssuerKeys(() -> client.get().get(), clock);
  }

  /**
   * Requires all settings by which tokens are verified, if tokens are taken.
   *
   * @throws IllegalStateException when something is missing, naming its environment variable
   */
  void require() {
    if (config.issuer().isEmpty()) {
      return;
    }
    if (config.audience().isEmpty()) {
      throw new IllegalStateException(
          "Tokens are verified by their audience: set POLYCERT_OIDC_AUDIENCE.");
    }
    URI jwks = config.jwks().orElse(URI.create(""));
    boolean here = "http".equals(jwks.getScheme()) && "localhost".equals(jwks.getHost());
    if (!"https".equals(jwks.getScheme()) && !here) {
      throw new IllegalStateException(
          "Tokens are verified by the issuer's keys: set POLYCERT_OIDC_JWKS to their https"
              + " address.");
    }
  }

  /** Whether a text may be a token, by its form; never while no issuer is configured. */
  boolean wellFormed(String text) {
    return config.issuer().isPresent() && SIGNED.matcher(text).matches();
  }

  /**
   * The caller that a token is for; empty when it is not valid.
   *
   * @return fails when the issuer's keys cannot be fetched
   */
  Uni<Optional<Principal>> principal(String token) {
    return keys.recent()
        .flatMap(
            recent -> {
              try {
                return Uni.createFrom().item(verified(token, recent));
              } catch (UnknownKeyException unknown) {
                return keys.present().map(present -> verifiedNow(token, present));
              }
            });
  }

  private Optional<Principal> verifiedNow(String token, List<JsonWebKey> present) {
    try {
      return verified(token, present);
    } catch (UnknownKeyException unknown) {
      return Optional.empty();
    }
  }

  private Optional<Principal> verified(String token, List<JsonWebKey> by)
      throws UnknownKeyException {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
            .setVerificationKeyResolver(new JwksVerificationKeyResolver(by))
            .setExpectedIssuer(config.issuer().orElseThrow())
            .setExpectedAudience(config.audience().orElseThrow())
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .build();
    try {
      return claims.principal(consumer.processToClaims(token).getClaimsMap());
    } catch (InvalidJwtException invalid) {
      if (invalid.getCause() instanceof UnresolvableKeyException) {
        throw new UnknownKeyException();
      }
      return Optional.empty();
    }
  }

  /** The token names a key that is not among those that were fetched. */
  private static final class UnknownKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownKeyException() {
      super(null, null, false, false);
    }
  }
}
