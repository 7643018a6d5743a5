package dev.polycert.vendor.tencent.ssl;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads the SSL API's times, which are in GMT+8 and do not say so. */
final class SslTime {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private SslTime() {}

  /** The instant; null for no text and for placeholders such as {@code 0000-00-00 00:00:00}. */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(text, FORM).toInstant(ZONE);
    } catch (DateTimeParseException placeholder) {
      return null;
    }
  }
}
