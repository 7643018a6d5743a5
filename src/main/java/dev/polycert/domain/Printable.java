package dev.polycert.domain;

/** Makes text from outside safe to show in messages and logs. */
public final class Printable {

  private Printable() {}

  /**
   * Cuts a text, and replaces characters that are invisible or move the cursor by their code
   * points.
   *
   * @param limit code points to keep
   */
  public static String of(String text, int limit) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(limit).forEach(c -> append(shown, c));
    if (text.codePointCount(0, text.length()) > limit) {
      shown.append('…');
    }
    return shown.toString();
  }

  /** The code point as {@code U+000A}. */
  static String codePoint(int c) {
    return String.format("U+%04X", c);
  }

  private static void append(StringBuilder shown, int c) {
    if (isVisible(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append('<').append(codePoint(c)).append('>');
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
