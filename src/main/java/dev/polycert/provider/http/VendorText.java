package dev.polycert.provider.http;

import org.jspecify.annotations.Nullable;

/** Makes what a vendor says fit to be shown: on one line, not endless. */
public final class VendorText {
  private static final int LONGEST = 300;

  private VendorText() {}

  /** Cleans a text that may be null, which gives an empty one. */
  public static String clean(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** As {@link #clean}; null stays null. */
  public static @Nullable String cleanOrNull(@Nullable String text) {
    return text == null ? null : clean(text);
  }
}
