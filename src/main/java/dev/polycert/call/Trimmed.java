package dev.polycert.call;

import org.jspecify.annotations.Nullable;

/** Strips texts of vendors, which have blanks around them even in the vendors' own samples. */
public final class Trimmed {
  private Trimmed() {}

  /** The text without blanks around it; null when it is empty. */
  public static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The text without blanks around it; empty for null. */
  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
