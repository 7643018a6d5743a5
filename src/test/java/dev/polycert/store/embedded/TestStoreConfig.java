package dev.polycert.store.embedded;

import dev.polycert.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of a test's own file. */
public record TestStoreConfig(String kind, Path path, boolean sync, Optional<Duration> history)
    implements StoreConfig {

  /** Without waiting for the disk. */
  static TestStoreConfig at(Path path) {
    return new TestStoreConfig("embedded", path, false, Optional.empty());
  }
}
