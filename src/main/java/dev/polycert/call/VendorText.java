package dev.polycert.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Limits vendors' texts to one line of bounded length, for display and storage. */
public final class VendorText {
  private static final int LONGEST = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private VendorText() {}

  /** Cleans a text. A long one is cut and its length noted; a clean one stays as it is. */
  public static String clean(String text) {
    String kept = text.length() <= LONGEST ? text : cut(text);
    return CONTROL.matcher(kept).replaceAll(" ").strip();
  }

  private static String cut(String text) {
    String rest = "… (" + text.length() + " characters)";
    int end = LONGEST - rest.length();
    // Half of a surrogate pair is no character that a store could keep.
    boolean half = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end) + rest;
  }

  /** As {@link #clean}; null stays null. */
  public static @Nullable String cleanOrNull(@Nullable String text) {
    return text == null ? null : clean(text);
  }
}
