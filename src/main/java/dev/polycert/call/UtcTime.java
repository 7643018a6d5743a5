package dev.polycert.call;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads times that vendors write in UTC; the same vendor does so in several forms. */
public final class UtcTime {
  private UtcTime() {}

  /**
   * Reads {@code yyyy-MM-dd HH:mm:ss}, with or without a fraction, and ISO 8601.
   *
   * @return null for null and for a text of another form
   */
  public static @Nullable Instant parse(@Nullable String text) {
    String iso = Trimmed.orEmpty(text).replace(' ', 'T');
    try {
      return iso.matches(".*(Z|[+-]\\d{2}:\\d{2})")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException neither) {
      return null;
    }
  }
}
