package dev.polycert.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.provider.Credentials;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what a vendor says fit to be shown: without our keys, on one line, not endless. */
public final class VendorText {
  private static final int LONGEST = 300;
  private static final String HIDDEN = "***";

  private VendorText() {}

  /**
   * Hides our keys in all that the vendor answered, before anybody reads it: refusals of signatures
   * quote what was signed, and any text of an answer may end in a log or an answer of ours.
   */
  public static RawAnswer withoutKeys(RawAnswer answer, Credentials credentials) {
    String body = new String(answer.body(), UTF_8);
    String clean = hide(body, credentials);
    return new RawAnswer(
        answer.status(),
        name ->
            Optional.ofNullable(answer.header().apply(name))
                .map(value -> hide(value, credentials))
                .orElse(null),
        clean.equals(body) ? answer.body() : clean.getBytes(UTF_8));
  }

  private static String hide(String text, Credentials credentials) {
    return Stream.of(credentials.secret(), credentials.keyId())
        .filter(key -> !key.isEmpty())
        .reduce(hide(text, credentials.token()), VendorText::hide);
  }

  /** Hides a key as it is, with the slashes that some JSON writers escape, and in base64. */
  private static String hide(String text, @Nullable String key) {
    if (key == null) {
      return text;
    }
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    return text.replace(key, HIDDEN)
        .replace(key.replace("/", "\\/"), HIDDEN)
        .replace(encoded, HIDDEN);
  }

  /** Cleans a text that may be null, which gives an empty one. */
  public static String clean(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
