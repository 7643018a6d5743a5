package dev.polycert.provider.alibaba.esa;

import org.jspecify.annotations.Nullable;

/** Cleans ESA's texts, which come with trailing blanks even in the vendor's own samples. */
final class Text {
  private Text() {}

  /** The text without blanks around it; null when nothing is left. */
  static @Nullable String clean(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** Like {@link #clean}, with the empty text for nothing. */
  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
