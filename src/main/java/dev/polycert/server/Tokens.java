package dev.polycert.server;

import com.google.common.base.Suppliers;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

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
  private final IssuerKeys keys;
  private final Clock clock;

  Tokens(OidcConfig config, Vertx vertx, Clock clock) {
    this.config = config;
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
      return principal(consumer.processToClaims(token));
    } catch (InvalidJwtException invalid) {
      if (invalid.getCause() instanceof UnresolvableKeyException) {
        throw new UnknownKeyException();
      }
      return Optional.empty();
    }
  }

  private Optional<Principal> principal(JwtClaims claims) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    texts(claims.getClaimValue(config.scopesClaim()))
        .filter(text -> text.startsWith(config.scopePrefix()))
        .map(text -> text.substring(config.scopePrefix().length()))
        .forEach(text -> Scope.of(text).ifPresent(scopes::add));
    List<String> suffixes = limits(claims, config.suffixesClaim());
    List<String> accounts = limits(claims, config.accountsClaim());
    boolean unlimited = scopes.contains(Scope.ADMIN);
    boolean lacks =
        (config.suffixesClaim().isPresent() && suffixes.isEmpty())
            || (config.accountsClaim().isPresent() && accounts.isEmpty());
    if (lacks && !unlimited) {
      return Optional.empty();
    }
    String name = "subject " + Objects.requireNonNull(claims.getClaimValue("sub"));
    try {
      return Optional.of(
          unlimited
              ? Principal.administrator(name)
              : new Principal(
                  name, scopes, suffixes.stream().map(DomainName::ofHost).toList(), accounts));
    } catch (DomainName.InvalidNameException noName) {
      return Optional.empty();
    }
  }

  private static List<String> limits(JwtClaims claims, Optional<String> claim) {
    return claim.map(name -> texts(claims.getClaimValue(name)).toList()).orElse(List.of());
  }

  /** A claim that is a list of texts, or one text with blanks (RFC 8693, section 4.2). */
  private static Stream<String> texts(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Stream.of(text.split(" ")).filter(part -> !part.isEmpty());
      case List<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }

  /** The token names a key that is not among those that were fetched. */
  private static final class UnknownKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownKeyException() {
      super(null, null, false, false);
    }
  }
}
