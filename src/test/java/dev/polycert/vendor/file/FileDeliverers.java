package dev.polycert.vendor.file;

import dev.polycert.call.HttpTesting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes deliverers for tests. */
public final class FileDeliverers {
  /** Of PKCS#12 and JKS files. */
  static final String PASSWORD = "canary of stores";

  private FileDeliverers() {}

  /** Writes below this directory. */
  public static FileDeliverer below(Path base, @Nullable Path hook) {
    return new FileDeliverer(
        config(base, hook, Duration.ofSeconds(20)),
        HttpTesting.config(Map.of()),
        Clock.systemUTC(),
        new Random());
  }

  static FileConfig config(@Nullable Path base, @Nullable Path hook, Duration timeout) {
    return config(base, hook, timeout, PASSWORD);
  }

  static FileConfig config(
      @Nullable Path base, @Nullable Path hook, Duration timeout, @Nullable String password) {
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

      @Override
      public Optional<String> storePassword() {
        return Optional.ofNullable(password);
      }
    };
  }
}
