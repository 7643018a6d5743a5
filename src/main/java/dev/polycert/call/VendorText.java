package dev.polycert.call;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Limits vendors' texts to one line of bounded length, for display and storage. */
public final class VendorText {
  private static final int LONGEST = 500;

  /** Bounds a text with a link, which must not be cut: half a link leads nowhere. */
  private static final int LONGEST_WITH_LINK = 2000;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private VendorText() {}

  /** Cleans a text. A long one is cut and its length noted; a clean one stays as it is. */
  public static String clean(String text) {
    return clean(text, LONGEST);
  }

  /** As {@link #clean(String)}, for a text with a link that a person has to follow. */
  static String cleanWithLink(String text) {
    return clean(text, LONGEST_WITH_LINK);
  }

  private static String clean(String text, int longest) {
    String kept = text.length() <= longest ? text : cut(text, longest);
    return CONTROL.matcher(kept).replaceAll(" ").strip();
  }

  private static String cut(String text, int longest) {
    String rest = "… (" + text.length() + " characters)";
    int end = longest - rest.length();
    // Half of a surrogate pair is no character that a store could keep.
    boolean half = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end) + rest;
  }

  /** As {@link #clean(String)}; null stays null. */
  public static @Nullable String cleanOrNull(@Nullable String text) {
    return text == null ? null : clean(text);
  }
}
