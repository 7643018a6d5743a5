package dev.polycert.log;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Removes the values of secret settings, in all their encodings, and private keys in PEM from texts
 * that are about to be logged. No exception should contain a secret; this catches one that does.
 */
@Singleton // A client proxy would be gone while the log is still written at shutdown.
public class Redaction {
  /**
   * Matches settings of several kinds of keys, and any that has "key" as a word of its name. The
   * URL of a channel for notices is all that its sender needs.
   */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|token|password|passphrase|hmac|(access|api|private)[._-]?key"
              + "|(^|[^a-z0-9])key([^a-z0-9]|$)|[._-][as]k$|notice[._].+[._]url$).*");

  /** Matches a key that was cut off as well; it may be escaped as in JSON or in a URL. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN[A-Z0-9 +%]*PRIVATE(?: |\\+|%20)KEY-----[\\w+/=\\s\\\\%]*+"
              + "(-----END[A-Z0-9 +%]*PRIVATE(?: |\\+|%20)KEY-----)?");

  private static final Pattern SEVERAL = Pattern.compile("[\\s,]+");

  private static final String HIDDEN = "***";

  private final List<String> secrets;

  public Redaction(Config config) {
    secrets =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> SECRET_NAME.matcher(name).matches())
            .flatMap(name -> config.getOptionalValue(name, String.class).stream())
            // Some variables have several, while one takes the place of another.
            .flatMap(value -> Stream.concat(Stream.of(value), SEVERAL.splitAsStream(value)))
            .filter(value -> value.length() >= SecretForms.SHORTEST)
            .flatMap(value -> SecretForms.of(value).stream())
            .distinct()
            // Longer ones first, because they may contain shorter ones.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without the secrets of this process and without private keys of any origin. */
  public String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return PRIVATE_KEY.matcher(clean).replaceAll(HIDDEN);
  }
}
