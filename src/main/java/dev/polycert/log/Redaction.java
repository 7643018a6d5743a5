package dev.polycert.log;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, List<String>> learnt = new ConcurrentHashMap<>();

  public Redaction(Config config) {
    secrets =
        forms(
            StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> SECRET_NAME.matcher(name).matches())
                .flatMap(name -> config.getOptionalValue(name, String.class).stream())
                // Some variables hold several keys while one replaces another.
                .flatMap(value -> Stream.concat(Stream.of(value), SEVERAL.splitAsStream(value))));
  }

  private static List<String> forms(Stream<String> values) {
    return values
        .filter(value -> value.length() >= SecretForms.SHORTEST)
        .flatMap(value -> SecretForms.of(value).stream())
        .distinct()
        // Longer ones first, because they may contain shorter ones.
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /**
   * Hides secrets that are in no setting, because this process gets them while it runs.
   *
   * @param source the giver of the secrets; they replace its earlier ones
   */
  public void learn(String source, List<String> values) {
    learnt.put(source, forms(values.stream()));
  }

  /** The text without the secrets of this process and without private keys of any origin. */
  public String clean(String text) {
    String clean = without(secrets, text);
    for (List<String> given : learnt.values()) {
      clean = without(given, clean);
    }
    return PRIVATE_KEY.matcher(clean).replaceAll(HIDDEN);
  }

  private static String without(List<String> hidden, String text) {
    String clean = text;
    for (String secret : hidden) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }
}
