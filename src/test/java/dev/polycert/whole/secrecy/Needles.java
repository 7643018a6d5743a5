package dev.polycert.whole.secrecy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Secrets to be looked for, in all the ways in which they may be written. Judges on its own. */
public final class Needles {
  private static final int PREFIX = 8;

  private final List<String> texts;

  /** What the first characters of all texts come to, for a quick look at much. */
  private final BitSet beginnings = new BitSet();

  private Needles(List<String> texts) {
    this.texts = texts;
    texts.forEach(text -> beginnings.set(slot(text.getBytes(ISO_8859_1), 0)));
  }

  public static Needles of(Collection<String> secrets) {
    return new Needles(
        secrets.stream().flatMap(secret -> forms(secret).stream()).distinct().toList());
  }

  private static int slot(byte[] bytes, int from) {
    int hash = 0;
    for (int i = from; i < from + PREFIX; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash >>> 8;
  }

  /** As below, for contents that are large and mostly something else. */
  public boolean in(byte[] content) {
    for (int i = 0; i + PREFIX <= content.length; i++) {
      if (beginnings.get(slot(content, i)) && at(content, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean at(byte[] content, int from) {
    return texts.stream()
        .map(text -> text.getBytes(ISO_8859_1))
        .anyMatch(
            text ->
                from + text.length <= content.length
                    && Arrays.equals(content, from, from + text.length, text, 0, text.length));
  }

  /** Whether one of them is in the text. */
  public boolean in(String text) {
    return texts.stream().anyMatch(text::contains);
  }

  /** A secret as it may stand in a text, whole: what a vendor that repeats it may say. */
  public static List<String> written(String secret) {
    List<String> written = new ArrayList<>(escaped(secret));
    byte[] bytes = secret.getBytes(UTF_8);
    addHex(bytes, written);
    written.add(base64(secret));
    written.add(base64("id:" + secret));
    written.add(base64("id: " + secret + "!"));
    written.add(Base64.getUrlEncoder().encodeToString(bytes));
    byte[] decoded = decoded(secret);
    if (decoded.length > 0) {
      addHex(decoded, written);
      written.add(Base64.getEncoder().encodeToString(decoded));
    }
    return written;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** What is looked for: of base64 what does not depend on its neighbours. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(escaped(secret));
    addHex(secret.getBytes(UTF_8), forms);
    addBase64(secret.getBytes(UTF_8), forms);
    byte[] decoded = decoded(secret);
    if (decoded.length > 0) {
      addHex(decoded, forms);
      addBase64(decoded, forms);
    }
    return forms;
  }

  private static List<String> escaped(String secret) {
    String url = URLEncoder.encode(secret, UTF_8);
    return List.of(
        secret,
        secret.replace("/", "\\/"),
        secret.replace("\"", "\\\""),
        hexEscaped(secret, "\\u%04x"),
        hexEscaped(secret, "\\u%04X"),
        url,
        hexEscaped(secret, "%%%02x"));
  }

  /** All but letters, digits and what needs no escape anywhere by the number of the character. */
  private static String hexEscaped(String secret, String format) {
    return secret
        .chars()
        .mapToObj(
            c ->
                Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0
                    ? Character.toString(c)
                    : format.formatted(c))
        .collect(Collectors.joining());
  }

  private static void addHex(byte[] bytes, List<String> forms) {
    String hex = HexFormat.of().formatHex(bytes);
    forms.add(hex);
    forms.add(hex.toUpperCase(Locale.ROOT));
  }

  private static void addBase64(byte[] secret, List<String> forms) {
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first and the last characters depend on the neighbours.
      String inner = encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 2);
      forms.add(inner);
      forms.add(inner.replace('+', '-').replace('/', '_'));
    }
  }

  /** The bytes of a key that is given in base64; none of another. */
  private static byte[] decoded(String secret) {
    try {
      byte[] bytes = Base64.getDecoder().decode(secret.replace('-', '+').replace('_', '/'));
      return bytes.length < 16 ? new byte[0] : bytes;
    } catch (IllegalArgumentException noBase64) {
      return new byte[0];
    }
  }
}
