package dev.polycert.postgresql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL database of the order book, the vault and the shared rate limits. */
@ConfigMapping(prefix = "polycert.postgresql")
public interface PostgresqlConfig {

  /**
   * Where it is: {@code postgresql://host:5432/database}. Connections are encrypted, and the
   * server's certificate and name are verified, unless {@code ?sslmode=} says {@code verify-ca},
   * {@code require} or {@code disable}.
   */
  Optional<String> url();

  /** The role that owns the schema {@code polycert}. */
  Optional<String> username();

  /** The password of the role. */
  Optional<String> password();

  /** PEM file of the CAs that may have issued the server's certificate, in place of the JDK's. */
  Optional<Path> ca();

  /** How many connections a process opens at most, besides two that listen to other processes. */
  @WithDefault("8")
  int connections();

  /**
   * How long a call may take, all attempts together. While the server restarts, or a connection is
   * cut, calls are tried again until then.
   */
  @WithDefault("10s")
  Duration timeout();
}
