package dev.polycert.setting;

import jakarta.annotation.Priority;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Reads switches of the configuration, and rejects the words that Quarkus would take for false
 * because it does not know them.
 */
@Priority(DurationReader.BEFORE_THAT_OF_QUARKUS)
public final class SwitchReader implements Converter<Boolean> {
  private static final long serialVersionUID = 1L;

  private static final List<String> ON = List.of("true", "yes", "y", "on", "1");
  private static final List<String> OFF = List.of("false", "no", "n", "off", "0");

  @Override
  public @Nullable Boolean convert(String value) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return null;
    }
    if (!ON.contains(word) && !OFF.contains(word)) {
      throw new IllegalArgumentException(
          "'%s' is neither %s nor %s"
              .formatted(value, String.join(", ", ON), String.join(", ", OFF)));
    }
    return ON.contains(word);
  }
}
