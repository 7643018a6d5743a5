package dev.polycert.log;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Takes the values of secret settings, however written, and private keys in PEM out of texts that
 * are about to be logged. No exception should hold one; this is for the one that does.
 */
@Singleton // The log needs it when the container has gone, and its proxies with it.
public class Redaction {
  /** Of several kinds of keys, and of whatever has "key" for a word of its name. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|token|password|passphrase|hmac|(access|api|private)[._-]?key"
              + "|(^|[^a-z0-9])key([^a-z0-9]|$)|[._-][as]k$).*");

  /** As far as it goes, where the rest is cut off; line ends may be escaped. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\\w+/=\\s\\\\]*+"
              + "(-----END [A-Z0-9 ]*PRIVATE KEY-----)?");

  private static final String HIDDEN = "***";

  /** Shorter values occur in innocent words. */
  private static final int SHORTEST = SecretForms.SHORTEST;

  private final List<String> secrets;

  public Redaction(Config config) {
    secrets =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> SECRET_NAME.matcher(name).matches())
            .flatMap(name -> config.getOptionalValue(name, String.class).stream())
            .filter(value -> value.length() >= SHORTEST)
            .flatMap(value -> SecretForms.of(value).stream())
            .distinct()
            // A longer one first: it may contain a shorter one.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without the secrets, and without private keys, whosoever they are. */
  public String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return PRIVATE_KEY.matcher(clean).replaceAll(HIDDEN);
  }
}
