package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.log.SecretForms;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hides our keys, and what was signed with them, in all that a vendor answered, before anybody
 * reads it: refusals of signatures quote what was signed, and any text of an answer may end in a
 * log or an answer of ours.
 */
public final class HiddenKeys {
  private static final String HIDDEN = "***";

  /**
   * A signature as {@code Authorization} and signed URLs have it, also where the sign before it is
   * escaped: who has it can send the same request again for some minutes.
   */
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)(signature(?:=|%3d|\\\\+u003d))[\\w+/%~-]{16,}=*");

  private final List<String> keys;

  public HiddenKeys(Credentials credentials) {
    keys =
        Stream.of(
                Objects.requireNonNullElse(credentials.token(), ""),
                credentials.secret(),
                credentials.keyId())
            .flatMap(key -> SecretForms.of(key).stream())
            .toList();
  }

  /** The answer without the keys and signatures, however they are written in it. */
  public HttpAnswer in(HttpAnswer answer) {
    String body = new String(answer.body(), UTF_8);
    String clean = hide(body);
    return new HttpAnswer(
        answer.status(),
        name -> Optional.ofNullable(answer.header().apply(name)).map(this::hide).orElse(null),
        clean.equals(body) ? answer.body() : clean.getBytes(UTF_8));
  }

  /** The same decoder, which gets no answer with the keys in it. */
  public <T> Decoder<T> hiding(Decoder<T> decoder) {
    return answer -> decoder.decode(in(answer));
  }

  private String hide(String text) {
    String clean = text;
    for (String key : keys) {
      clean = clean.replace(key, HIDDEN);
    }
    return SIGNATURE.matcher(clean).replaceAll("$1" + HIDDEN);
  }
}
