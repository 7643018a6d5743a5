package dev.polycert.vendor.exec;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the program that writes DNS records. Only the machine's configuration chooses the
 * program, never a request.
 */
@ConfigMapping(prefix = "polycert.exec")
public interface ExecConfig {

  /**
   * The executable, by its absolute path. Its arguments are {@code present} or {@code cleanup}, the
   * full name of the record with its trailing dot, and the value, as lego's provider {@code exec}
   * has them. Exit code 0 is a success; both may be asked for what is done already.
   */
  Optional<Path> program();

  /**
   * The names of the environment variables that it gets. Of ours it gets {@code PATH} besides, and
   * {@code HOME} and {@code TMPDIR}, a directory that is empty before each run and removed after
   * it; {@code POLYCERT_ZONE} and {@code POLYCERT_RECORD_TYPE} say more about the record.
   */
  Optional<List<String>> environment();

  /** The types of the records that it can write. */
  @WithDefault("TXT")
  List<String> recordTypes();

  /** How long one run may take, if the request leaves it the time. */
  @WithDefault("20s")
  Duration timeout();
}
