package dev.polycert.vendor.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of delivery to files. Only the machine's configuration chooses the command and the
 * directory, never a request.
 */
@ConfigMapping(prefix = "polycert.deliver.file")
public interface FileConfig {

  /** The directory below which certificates are written; nothing is without it. */
  Optional<Path> base();

  /**
   * An executable that is run after every delivery, to have a server read the new files. Its
   * arguments are the directory and the domain, which are also in its environment as {@code
   * POLYCERT_DIRECTORY} and {@code POLYCERT_DOMAIN}; of ours it gets {@code PATH} alone.
   */
  Optional<Path> hook();

  /** How long that may take. */
  @WithDefault("20s")
  Duration hookTimeout();

  /** The password of PKCS#12 and JKS files, a secret of 8 characters or more. */
  Optional<String> storePassword();
}
