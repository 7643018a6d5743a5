package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that bind a CA's account to one outside of ACME (RFC 8555, section 7.3.4), as
 * they are configured.
 *
 * @param ca the CA's name
 */
record ExternalAccount(String ca, String keyId, @Nullable String encodedHmac) {
  private static final String KEY_ID = "eab-key-id";
  private static final String HMAC = "eab-hmac";

  /** The minimum for HS256 (RFC 7518, section 3.2). */
  private static final int USUAL_BYTES = 32;

  static Optional<ExternalAccount> of(String ca, AcmeConfig.Ca settings) {
    return settings
        .eabKeyId()
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(id -> new ExternalAccount(ca, id, settings.eabHmac().orElse(null)));
  }

  /** The variables that they are set by. */
  static String variables(String ca) {
    return Authority.variable(ca, KEY_ID) + " and " + Authority.variable(ca, HMAC);
  }

  /**
   * The key. CAs show it in base64url, in base64, and with padding, and a secret's file ends in a
   * newline: the octets are the same ones.
   *
   * @throws BadSetting when it is none
   */
  SecretKey hmac() {
    byte[] bytes = decoded(encodedHmac == null ? "" : encodedHmac);
    if (bytes.length == 0) {
      // The text is not quoted, because a part of a key is a secret too.
      throw new BadSetting(
          Authority.variable(ca, HMAC) + " is not in base64url, as CAs give it", null);
    }
    return new SecretKeySpec(bytes, "HMAC");
  }

  private static byte[] decoded(String text) {
    String url = text.replaceAll("\\s", "").replace('+', '-').replace('/', '_');
    try {
      return Base64.getUrlDecoder().decode(url.replaceFirst("=+$", ""));
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /** What to check when the CA refuses them. */
  String advice() {
    byte[] bytes = decoded(encodedHmac == null ? "" : encodedHmac);
    String given = "the CA was given " + variables(ca);
    if (bytes.length < USUAL_BYTES) {
      return given + ", whose key has only " + bytes.length + " octets";
    }
    boolean twice = decoded(new String(bytes, US_ASCII)).length > 0;
    return twice ? given + ", whose key looks as if it were encoded twice" : given;
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "ExternalAccount[" + ca + ", " + keyId + "]";
  }
}
