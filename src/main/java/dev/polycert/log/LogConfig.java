package dev.polycert.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the log. */
@ConfigMapping(prefix = "polycert.log")
public interface LogConfig {

  /** Whether to write each record as a JSON object on one line instead of text. */
  @WithDefault("false")
  boolean json();
}
