package dev.polycert.vendor.acme;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The ACME CAs that may be applied at. Bounds of a call are those of {@code polycert.http}. */
@ConfigMapping(prefix = "polycert.acme")
public interface AcmeConfig {

  /**
   * The CAs by names of your own. Configuring a CA means agreeing to its terms of service; Polycert
   * reports the agreement when it makes the account (RFC 8555, section 7.3).
   */
  Map<String, Ca> ca();

  /** The CA of requests that name none; needed when there are several. */
  Optional<String> defaultCa();

  /** Calls at one CA at the same time; more wait for their turn. */
  @WithDefault("16")
  int concurrency();

  /**
   * Whether we look at the DNS before we ask a CA: for what keeps it from issuing, and for what is
   * published, because one failed validation ends an order (RFC 8555, section 7.1.6). Off only
   * where our looks cannot see what the CA sees.
   */
  @WithDefault("true")
  boolean look();

  /** One CA, with the one account that is made there. */
  interface Ca {

    /** The address of its directory (RFC 8555, section 7.1.1). */
    URI directory();

    /** The e-mail address of the account, where the CA may write to. */
    Optional<String> contact();

    /** The id of the key that binds the account to one outside of ACME (RFC 8555, 7.3.4). */
    Optional<String> eabKeyId();

    /** That key, a secret in base64url as the CA gave it. */
    Optional<String> eabHmac();

    /** The common name of the root, or of the topmost issuer, that chains lead to. */
    Optional<String> preferredChain();

    /** The profile of orders that name none. */
    Optional<String> profile();

    /** A file of PEM certificates that are trusted for the CA's own TLS beside the usual ones. */
    Optional<Path> trust();
  }
}
