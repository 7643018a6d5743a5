package dev.polycert.provider.alibaba.esa;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads ESA's times. */
final class EsaTime {
  private EsaTime() {}

  /**
   * Reads {@code yyyy-MM-dd HH:mm:ss}, which is UTC, and ISO 8601 of older answers.
   *
   * @return null for no time and for what is neither
   */
  static @Nullable Instant parse(@Nullable String text) {
    String clean = Text.orEmpty(text).replace(' ', 'T');
    try {
      return clean.matches(".*(Z|[+-]\\d{2}:\\d{2})")
          ? OffsetDateTime.parse(clean).toInstant()
          : LocalDateTime.parse(clean).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException neither) {
      return null;
    }
  }
}
