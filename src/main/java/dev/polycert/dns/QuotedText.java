package dev.polycert.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads and writes texts as zone files have them: character-strings in quotes (RFC 1035, 5.1). */
public final class QuotedText {
  /** One character-string holds no more octets (RFC 1035, section 3.3). */
  private static final int LONGEST_STRING = 255;

  private QuotedText() {}

  /** The value of a record, in quotes when it is a text. */
  public static String of(DnsRecord record) {
    return record.type().equals("TXT") ? quote(record.value()) : record.value();
  }

  /** Quotes a text, as several strings when it is too long for one. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int octets = 0;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String character = Character.toString(text.codePointAt(at));
      int more = character.getBytes(UTF_8).length;
      if (octets + more > LONGEST_STRING) {
        quoted.append("\" \"");
        octets = 0;
      }
      octets += more;
      quoted.append(character.equals("\"") || character.equals("\\") ? "\\" : "").append(character);
    }
    return quoted.append('"').toString();
  }

  /** The text of one or more strings in quotes; a text that is not quoted is returned as it is. */
  public static String unquote(String quoted) {
    String stripped = quoted.strip();
    if (stripped.length() < 2 || !stripped.startsWith("\"") || !stripped.endsWith("\"")) {
      return quoted;
    }
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (int at = 0; at < stripped.length(); at++) {
      char c = stripped.charAt(at);
      if (c == '\\' && at + 1 < stripped.length()) {
        at++;
        text.append(stripped.charAt(at));
      } else if (c == '"') {
        inside = !inside;
      } else if (inside) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
