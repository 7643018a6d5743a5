package dev.polycert.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The encodings in which a secret may occur in a text. */
public final class SecretForms {
  /** Shorter secrets would match parts of ordinary words. */
  static final int SHORTEST = 8;

  /** Shorter parts of a URL are words such as {@code access_token}. */
  private static final int SHORTEST_PART = 16;

  private static final Pattern URL = Pattern.compile("https?://");

  private SecretForms() {}

  /**
   * The secret as it is and as it is written in URLs, in JSON, in hexadecimal and in Base64, alone
   * or inside a longer text; for a key that is given in Base64, its decoded bytes too. Of a URL,
   * the parts of its path and query too, because a server may repeat them alone.
   *
   * @return the longest first, because it may contain a shorter one; only the secret itself where
   *     that is short; nothing for an empty one
   */
  public static List<String> of(String secret) {
    if (secret.length() < SHORTEST) {
      return secret.isEmpty() ? List.of() : List.of(secret);
    }
    Set<String> forms = new LinkedHashSet<>();
    Stream.concat(Stream.of(secret), parts(secret)).forEach(text -> addAll(text, forms));
    return forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static Stream<String> parts(String secret) {
    return URL.matcher(secret).lookingAt()
        ? Arrays.stream(secret.split("[/?&=]", -1))
            .skip(3)
            .filter(part -> part.length() >= SHORTEST_PART)
        : Stream.of();
  }

  private static void addAll(String secret, Set<String> forms) {
    forms.add(secret);
    addEscaped(secret, forms);
    addEncoded(secret.getBytes(UTF_8), forms);
    decoded(secret).ifPresent(key -> addEncoded(key, forms));
  }

  private static void addEncoded(byte[] bytes, Set<String> forms) {
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    addBase64(bytes, forms);
  }

  /** The decoded bytes, if the secret may be a key in either alphabet of Base64. */
  private static Optional<byte[]> decoded(String secret) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(secret.replace('+', '-').replace('/', '_'));
      return Optional.of(bytes).filter(key -> key.length >= SHORTEST);
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static void addEscaped(String secret, Set<String> forms) {
    String url = URLEncoder.encode(secret, UTF_8);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(lowerCaseEscapes(url));
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    // HTML-safe writers and Python's escape all that is neither letter nor digit.
    List<String> escaped =
        List.of(
            json,
            json.replace("/", "\\/"),
            unicodeEscapes(secret, "%04x"),
            unicodeEscapes(secret, "%04X"));
    forms.addAll(escaped);
    // JSON inside a text of JSON.
    escaped.forEach(text -> forms.add(text.replace("\\", "\\\\")));
  }

  private static String lowerCaseEscapes(String url) {
    StringBuilder lower = new StringBuilder(url);
    for (int i = url.indexOf('%'); i >= 0; i = url.indexOf('%', i + 3)) {
      lower.replace(i, i + 3, url.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  private static String unicodeEscapes(String secret, String digits) {
    return secret
        .chars()
        .mapToObj(
            c ->
                Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'
                    ? Character.toString(c)
                    : "\\u" + digits.formatted(c))
        .collect(Collectors.joining());
  }

  /**
   * Base64 writes three bytes as four characters, so a secret has three forms, by the offset at
   * which it begins; the characters that also depend on its neighbours are left out.
   */
  private static void addBase64(byte[] secret, Set<String> forms) {
    List<String> texts = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int whole = encoded.length() - (shifted.length % 3 == 0 ? 0 : 1);
      texts.add(encoded.substring(before == 0 ? 0 : before + 1, whole));
    }
    texts.forEach(text -> forms.add(text));
    texts.forEach(text -> forms.add(text.replace('+', '-').replace('/', '_')));
  }
}
