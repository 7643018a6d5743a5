package dev.polycert.setting;

import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.annotation.Priority;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads times of the configuration as Quarkus does, and rejects those that are less than none. */
@Priority(DurationReader.BEFORE_THAT_OF_QUARKUS)
public final class DurationReader implements Converter<Duration> {
  static final int BEFORE_THAT_OF_QUARKUS = 300;
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Duration convert(String value) {
    Duration time = DurationConverter.parseDuration(value);
    if (time != null && time.isNegative()) {
      throw new IllegalArgumentException("a time is not negative");
    }
    return time;
  }
}
