package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Credentials;
import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DnsNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/** The key of an account that signs updates, as it is set. */
final class UpdateKey {
  static final String NAME = "RFC2136_TSIG_NAME";
  static final String SECRET = "RFC2136_TSIG_SECRET";
  static final String ALGORITHM = "RFC2136_TSIG_ALGORITHM";

  /** RFC 8945, section 6. */
  private static final Pattern ALGORITHMS =
      Pattern.compile("(?i)hmac-(sha1|sha224|sha256|sha384|sha512|md5\\.sig-alg\\.reg\\.int)\\.?");

  private final Credentials credentials;
  private final String name;
  private final String algorithm;
  private final String rules;

  private UpdateKey(Credentials credentials, String name, String algorithm, String rules) {
    this.credentials = credentials;
    this.name = name;
    this.algorithm = algorithm;
    this.rules = rules;
  }

  /** Reads it from the variables of the account whose beans are being made. */
  static UpdateKey of(Config config, Credentials credentials) {
    return new UpdateKey(
        credentials,
        NamedAccount.value(config, NAME, String.class).orElse("").strip(),
        NamedAccount.value(config, ALGORITHM, String.class).orElse("hmac-sha256"),
        "%s is a DNS name, %s base64, %s such as hmac-sha256 or hmac-sha512; one of them is not"
            .formatted(
                NamedAccount.variable(NAME),
                NamedAccount.variable(SECRET),
                NamedAccount.variable(ALGORITHM)));
  }

  /**
   * The key for the DNS library.
   *
   * @throws TextParseException when a name is none; its message may hold the secret, as that of
   *     IllegalArgumentException may
   */
  TSIG key(Clock clock) throws TextParseException {
    byte[] secret = Base64.getDecoder().decode(credentials.secret());
    return new TSIG(
        Name.fromString(algorithm, Name.root),
        Name.fromString(name, Name.root),
        new SecretKeySpec(secret, "HMAC"),
        clock);
  }

  /** What is wrong with a key that is set, without the DNS library. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    if (!name.isEmpty() && !DnsNames.isName(DnsNames.canonical(name))) {
      wrong.add("%s must be a DNS name, not '%s'".formatted(NamedAccount.variable(NAME), name));
    }
    if (!credentials.missing().contains(NamedAccount.variable(SECRET)) && !isBase64()) {
      // Its text is a secret.
      wrong.add(NamedAccount.variable(SECRET) + " must be base64");
    }
    if (!ALGORITHMS.matcher(algorithm).matches()) {
      wrong.add(
          "%s must be one of hmac-sha256, hmac-sha512, hmac-sha384, hmac-sha224, hmac-sha1 and hmac-md5.sig-alg.reg.int, not '%s'"
              .formatted(NamedAccount.variable(ALGORITHM), algorithm));
    }
    return wrong;
  }

  private boolean isBase64() {
    try {
      return Base64.getDecoder().decode(credentials.secret()).length > 0;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  /** The error of a key that cannot be made, without the text of the key. */
  String rules() {
    return rules;
  }
}
