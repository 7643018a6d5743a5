package dev.polycert.function.invocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The tokens (OpenID Connect, OAuth 2.0) that callers may show in place of keys. */
@ConfigMapping(prefix = "polycert.oidc")
public interface OidcConfig {

  /** The issuer, as the claim {@code iss} has it; without one, the HTTP server takes no token. */
  Optional<String> issuer();

  /** The audience that tokens must be for, as the claim {@code aud} has it. */
  Optional<String> audience();

  /** The address of the issuer's keys (JWKS), over TLS. */
  Optional<URI> jwks();

  /**
   * The claim with the scopes: a list, or a text with blanks between them; {@code scope} by
   * default. Behind API Gateway, callers have scopes and limits only if one of the claims is named.
   */
  Optional<String> scopesClaim();

  /** The prefix of each scope in that claim; entries without it are ignored. */
  @WithDefault("polycert:")
  String scopePrefix();

  /** The claim with the domains that a caller is limited to; a token must then have it. */
  Optional<String> suffixesClaim();

  /** The claim with the accounts that a caller is limited to; a token must then have it. */
  Optional<String> accountsClaim();
}
