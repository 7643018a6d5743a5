package dev.polycert.vendor.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** An empty directory that only we can read, and that is removed with all that was put into it. */
final class Scratch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Scratch.class);

  private final Path directory;

  private Scratch(Path directory) {
    this.directory = directory;
  }

  /** Makes one; only its owner has rights ({@link Files#createTempDirectory}). */
  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("polycert-exec"));
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(directory)) {
      // What is in a directory comes before it.
      List<Path> kept =
          all.sorted(Comparator.reverseOrder()).filter(path -> !path.toFile().delete()).toList();
      if (!kept.isEmpty()) {
        LOG.warnf("%d files of a program are left in %s", kept.size(), directory);
      }
    } catch (IOException | UncheckedIOException vanishing) {
      LOG.warnf("what a program has left in %s is not removed: %s", directory, vanishing);
    }
  }
}
