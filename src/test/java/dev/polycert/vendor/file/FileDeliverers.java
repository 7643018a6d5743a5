package dev.polycert.vendor.file;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes deliverers for tests. */
public final class FileDeliverers {
  private FileDeliverers() {}

  /** Writes below this directory. */
  public static FileDeliverer below(Path base, @Nullable Path hook) {
    return new FileDeliverer(
        config(base, hook, Duration.ofSeconds(20)), Clock.systemUTC(), new Random());
  }

  static FileConfig config(@Nullable Path base, @Nullable Path hook, Duration timeout) {
    return new FileConfig() {
      @Override
      public Optional<Path> base() {
        return Optional.ofNullable(base);
      }

      @Override
      public Optional<Path> hook() {
        return Optional.ofNullable(hook);
      }

      @Override
      public Duration hookTimeout() {
        return timeout;
      }
    };
  }
}
