package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.log.SecretForms;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hides our keys, and signatures made with them, in a vendor's answer before it is read. Vendors
 * quote what was signed when they reject a signature, and any text of an answer may get into a log
 * or into an answer of ours.
 */
public final class HiddenKeys {
  private static final String HIDDEN = "***";

  /**
   * A signature as in {@code Authorization}, in signed URLs, also where the equals sign before it
   * is escaped, and in the header of a webhook, which may have several. A reader of it could send
   * the same request again for some minutes.
   */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?i)(signature(?:=|%3d|\\\\+u003d|\\W{1,8}v1,))[\\w+/%~-]{16,}=*"
              + "(?: v1,[\\w+/%~-]{16,}=*)*");

  private final List<String> keys;

  public HiddenKeys(Credentials credentials) {
    this(parts(credentials));
  }

  /** The parts of keys that must be hidden. */
  static List<String> parts(Credentials credentials) {
    return List.of(
        Objects.requireNonNullElse(credentials.token(), ""),
        credentials.secret(),
        credentials.keyId());
  }

  /** Hides any keys. */
  public HiddenKeys(List<String> keys) {
    this.keys =
        keys.stream()
            // Longer ones first, because they may contain shorter ones.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .flatMap(key -> SecretForms.of(key).stream())
            .toList();
  }

  /** The answer without keys and signatures, in whatever encoding they are. */
  public HttpAnswer in(HttpAnswer answer) {
    String body = new String(answer.body(), UTF_8);
    String clean = in(body);
    return new HttpAnswer(
        answer.status(),
        name -> Optional.ofNullable(answer.header().apply(name)).map(this::in).orElse(null),
        clean.equals(body) ? answer.body() : clean.getBytes(UTF_8));
  }

  /** Wraps a decoder, so that it gets no answer with a key in it. */
  public <T> Decoder<T> hiding(Decoder<T> decoder) {
    return answer -> decoder.decode(in(answer));
  }

  /** The text without keys and signatures. */
  public String in(String text) {
    String clean = text;
    for (String key : keys) {
      clean = clean.replace(key, HIDDEN);
    }
    return SIGNATURE.matcher(clean).replaceAll("$1" + HIDDEN);
  }
}
