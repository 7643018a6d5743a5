package dev.polycert.call;

import org.jspecify.annotations.Nullable;

/** Cleans texts of vendors, which come with blanks around them even in their own samples. */
public final class Trimmed {
  private Trimmed() {}

  /** The text without blanks around it; null when nothing is left. */
  public static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The text without blanks around it; empty for none. */
  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
