package dev.polycert.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Turns a place in the order of creation into a text for callers, and back. */
final class Cursor {
  private static final Pattern PLACE =
      Pattern.compile("[0-9a-f]{24}" + Keys.SEPARATOR + "ord_[0-9a-f]{32}");

  private Cursor() {}

  static String of(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException when it is none that {@link #of} made
   */
  static String place(String cursor) {
    String place = decoded(cursor);
    if (!PLACE.matcher(place).matches()) {
      throw new IllegalArgumentException(
          "cursor: not one that a list gave; it must be the \"next\" of the page before,"
              + " or left out for the first page");
    }
    return place;
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
