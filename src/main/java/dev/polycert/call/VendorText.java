package dev.polycert.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what a vendor says fit to be shown and kept: on one line, not endless. */
public final class VendorText {
  private static final int LONGEST = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private VendorText() {}

  /** The text; of a long one its beginning, and how long it was. What is clean stays as it is. */
  public static String clean(String text) {
    String kept = text.length() <= LONGEST ? text : cut(text);
    return CONTROL.matcher(kept).replaceAll(" ").strip();
  }

  private static String cut(String text) {
    String rest = "… (" + text.length() + " characters)";
    int end = LONGEST - rest.length();
    // Half a character would be none that a store could keep.
    boolean half = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end) + rest;
  }

  /** As {@link #clean}; null stays null. */
  public static @Nullable String cleanOrNull(@Nullable String text) {
    return text == null ? null : clean(text);
  }
}
