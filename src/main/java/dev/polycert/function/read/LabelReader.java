package dev.polycert.function.read;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a label, which distinguishes orders of the same domain and provider. */
public final class LabelReader {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

  private LabelReader() {}

  /** Reads the member {@code label}; null when it is left out. */
  public static @Nullable String read(Fields fields) {
    String label = fields.text("label");
    if (label == null || LABEL.matcher(label).matches()) {
      return label;
    }
    fields.error(
        "label",
        "%s is not a label; a label has 1 to 32 lower-case letters, digits, dots, hyphens and underscores, and begins with a letter or digit"
            .formatted(Fields.quote(label)));
    return null;
  }
}
