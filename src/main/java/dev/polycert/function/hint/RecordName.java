package dev.polycert.function.hint;

import dev.polycert.domain.DnsNames;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Normalises the name of a record. */
final class RecordName {
  /** An escaped character in octal digits; Route 53 writes {@code *} as {@code \052}. */
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private RecordName() {}

  /** The name as A-labels in lower case, without escapes and the trailing dot. */
  static String normal(String written) {
    String plain =
        OCTAL
            .matcher(written.strip())
            .replaceAll(match -> Matcher.quoteReplacement(character(match)));
    return DnsNames.canonical(plain);
  }

  /**
   * Whether a name in its normal form can be that of a record; the first label may be {@code *}.
   */
  static boolean isName(String normal) {
    return normal.equals("*")
        || DnsNames.isName(normal.startsWith("*.") ? normal.substring(2) : normal);
  }

  private static String character(MatchResult octal) {
    return Character.toString(Integer.parseInt(octal.group(1), 8));
  }
}
