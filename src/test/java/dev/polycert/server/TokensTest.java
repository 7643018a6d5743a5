package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Access;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.MovedClock;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of an issuer are verified before anybody is let in. */
class TokensTest {
  private static final String ISSUER = "https://issuer.example";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @RegisterExtension final Resources resources = new Resources();
  private final MovedClock clock = new MovedClock(NOW);
  private final AtomicInteger fetched = new AtomicInteger();
  private final List<JsonWebKey> published = new ArrayList<>();
  private final PublicJsonWebKey key = key("one");
  private HttpServer issuer;
  private volatile int status = 200;
  private Tokens tokens;

  @BeforeEach
  void publish() throws IOException {
    published.add(key);
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/jwks",
        exchange -> {
          fetched.incrementAndGet();
          byte[] body =
              new JsonWebKeySet(published)
                  .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
    tokens = tokens(Map.of());
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void theScopesOfATokenAreThoseOfItsClaim() {
    Principal caller = principal(token(claims -> {})).orElseThrow();

    assertThat(caller.name()).isEqualTo("subject alice");
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.APPLY);
    assertThat(caller.limited()).isFalse();
    assertThat(
            principal(token(claims -> claims.setStringListClaim("scope", "polycert:admin")))
                .orElseThrow()
                .scopes())
        .containsExactly(Scope.ADMIN);
    assertThat(principal(token(claims -> claims.unsetClaim("scope"))).orElseThrow().scopes())
        .isEmpty();
    assertThat(fetched).as("the keys are kept").hasValue(1);
  }

  @Test
  void aTokenOfOthersForOthersOrOfAnotherTimeIsNone() {
    assertThat(principal(token(claims -> claims.setIssuer("https://other.example")))).isEmpty();
    assertThat(principal(token(claims -> claims.unsetClaim("iss")))).isEmpty();
    assertThat(principal(token(claims -> claims.setAudience("another-api")))).isEmpty();
    assertThat(principal(token(claims -> claims.unsetClaim("aud")))).isEmpty();
    assertThat(principal(token(claims -> claims.setExpirationTime(at(-31))))).isEmpty();
    assertThat(principal(token(claims -> claims.unsetClaim("exp")))).isEmpty();
    assertThat(principal(token(claims -> claims.setNotBefore(at(31))))).isEmpty();
    assertThat(principal(token(claims -> claims.unsetClaim("sub")))).isEmpty();
    assertThat(principal(token(claims -> claims.setExpirationTime(at(-29))))).isPresent();
  }

  @Test
  void aTokenThatTheIssuerHasNotSignedIsNone() {
    String good = token(claims -> {});
    String[] parts = good.split("\\.");
    PublicJsonWebKey stranger = key("one");

    assertThat(principal(signed(stranger, claims()))).isEmpty();
    assertThat(principal(unsigned())).isEmpty();
    assertThat(principal(signedByThePublicKeyAsASecret())).isEmpty();
    assertThat(principal(parts[0] + "." + parts[1] + ".AAAA")).isEmpty();
    assertThat(principal("e30.e30.AAAA")).isEmpty();
    assertThat(principal("AAAA.AAAA.AAAA")).isEmpty();
  }

  @Test
  void aNewKeyOfTheIssuerIsFetchedButNotForEveryTokenThatNamesOne() {
    Tokens tokens = tokens(Map.of());
    assertThat(principal(tokens, token(claims -> {}))).isPresent();
    PublicJsonWebKey next = key("two");
    published.add(next);

    assertThat(principal(tokens, signed(next, claims()))).as("asked just now").isEmpty();
    clock.now = NOW.plusSeconds(31);
    assertThat(principal(tokens, signed(next, claims()))).isPresent();
    assertThat(principal(tokens, signed(key("three"), claims()))).isEmpty();
    assertThat(principal(tokens, signed(key("four"), claims()))).isEmpty();
    assertThat(fetched).hasValue(2);
  }

  @Test
  void aKeyThatTheIssuerTakesBackIsGoodForMinutesAtMost() {
    Tokens tokens = tokens(Map.of());
    assertThat(principal(tokens, token(claims -> {}))).isPresent();
    published.clear();
    published.add(key("two"));

    clock.now = NOW.plus(Duration.ofMinutes(10));
    assertThat(principal(tokens, token(claims -> {}))).isEmpty();
  }

  @Test
  void whileTheIssuerIsAwayItsLastKeysAreGood() {
    status = 503;
    Tokens tokens = tokens(Map.of());
    assertThatThrownBy(() -> principal(tokens, token(claims -> {})))
        .hasMessageContaining("keys cannot be fetched");

    status = 200;
    assertThat(principal(tokens, token(claims -> {}))).isPresent();
    status = 503;
    clock.now = NOW.plus(Duration.ofHours(1));
    assertThat(principal(tokens, token(claims -> {}))).isPresent();
    int before = fetched.get();
    assertThat(principal(tokens, token(claims -> {}))).isPresent();
    assertThat(fetched).as("not asked again at once").hasValue(before);
    clock.now = NOW.plus(Duration.ofHours(13));
    assertThatThrownBy(() -> principal(tokens, token(claims -> {})))
        .hasMessageContaining("keys cannot be fetched");
  }

  @Test
  void limitsStandInClaimsThatATokenThenMustHave() {
    Tokens tokens = tokens(Map.of("suffixes-claim", "domains", "accounts-claim", "accounts"));

    Principal limited =
        principal(
                tokens,
                token(
                    claims -> {
                      claims.setStringListClaim("domains", "example.com");
                      claims.setStringClaim("accounts", "acme file");
                    }))
            .orElseThrow();
    assertThat(limited.suffixes()).containsExactly(DomainName.parse("example.com"));
    assertThat(limited.accounts()).containsExactly("acme", "file");
    assertThat(principal(tokens, token(claims -> claims.setStringClaim("accounts", "acme"))))
        .isEmpty();
    assertThat(
            principal(
                tokens,
                token(
                    claims -> {
                      claims.setStringListClaim("domains", "no name");
                      claims.setStringClaim("accounts", "acme");
                    })))
        .isEmpty();
    assertThat(principal(tokens, token(claims -> claims.setStringClaim("scope", "polycert:admin"))))
        .isPresent();
  }

  @Test
  void aTokenIsTakenInThePlaceOfAKey() {
    Server server =
        TestServer.open(10)
            .with("api-key", "fake-key-of-the-environment")
            .start(
                resources.vertx(),
                LaunchMode.TEST,
                List.of(),
                List.of(),
                null,
                Access.keys(new MemoryOrderBook()),
                tokens);
    URI metrics = URI.create("http://127.0.0.1:" + server.port() + "/metrics");

    assertThat(get(metrics, token(claims -> {}))).isEqualTo(200);
    assertThat(get(metrics, token(claims -> claims.unsetClaim("scope")))).isEqualTo(403);
    assertThat(get(metrics, token(claims -> claims.setAudience("another")))).isEqualTo(401);
  }

  private static int get(URI uri, String token) {
    return new JsonHttp("authorization", "Bearer " + token).send("GET", uri, "").statusCode();
  }

  @Test
  void withoutAnIssuerNothingLooksLikeAToken() {
    assertThat(
            TestServer.tokens(Map.of(), resources.vertx(), clock).wellFormed(token(claims -> {})))
        .isFalse();
    assertThat(tokens(Map.of()).wellFormed(token(claims -> {}))).isTrue();
    assertThat(tokens(Map.of()).wellFormed("not.a token.x")).isFalse();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(
            TestServer.tokens(Map.of("issuer", ISSUER), resources.vertx(), clock)::require)
        .hasMessageContaining("POLYCERT_OIDC_AUDIENCE");
    Map<String, String> plain =
        Map.of("issuer", ISSUER, "audience", "polycert", "jwks", "http://issuer.example/jwks");
    assertThatThrownBy(TestServer.tokens(plain, resources.vertx(), clock)::require)
        .hasMessageContaining("POLYCERT_OIDC_JWKS");
    TestServer.tokens(Map.of(), resources.vertx(), clock).require();
  }

  private Optional<Principal> principal(String token) {
    return principal(tokens, token);
  }

  private static Optional<Principal> principal(Tokens tokens, String token) {
    return tokens.principal(token).await().atMost(Duration.ofSeconds(20));
  }

  private Tokens tokens(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("issuer", ISSUER);
    settings.put("audience", "polycert");
    settings.put("jwks", "http://localhost:" + issuer.getAddress().getPort() + "/jwks");
    Tokens made = TestServer.tokens(settings, resources.vertx(), clock);
    made.require();
    return made;
  }

  private String token(Consumer<JwtClaims> change) {
    JwtClaims claims = claims();
    change.accept(claims);
    return signed(key, claims);
  }

  private JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject("alice");
    claims.setAudience("polycert", "another-api");
    claims.setExpirationTime(at(300));
    claims.setStringClaim("scope", "openid polycert:read polycert:apply polycert:other admin");
    return claims;
  }

  private NumericDate at(int seconds) {
    return NumericDate.fromSeconds(clock.now.getEpochSecond() + seconds);
  }

  private static PublicJsonWebKey key(String id) {
    try {
      PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(PublicJsonWebKey by, JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKeyIdHeaderValue(by.getKeyId());
    signature.setKey(by.getPrivateKey());
    return written(signature, claims);
  }

  private String unsigned() {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    signature.setKeyIdHeaderValue(key.getKeyId());
    return written(signature, claims()) + "AAAA";
  }

  private String signedByThePublicKeyAsASecret() {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
    return written(signature, claims());
  }

  private static String written(JsonWebSignature signature, JwtClaims claims) {
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
