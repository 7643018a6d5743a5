package dev.polycert.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the log is written. */
@ConfigMapping(prefix = "polycert.log")
public interface LogConfig {

  /** Whether each record is a JSON object on a line of its own, for machines, and not text. */
  @WithDefault("false")
  boolean json();
}
