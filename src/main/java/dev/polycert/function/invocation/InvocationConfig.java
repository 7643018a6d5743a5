package dev.polycert.function.invocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of every invocation. */
@ConfigMapping(prefix = "polycert")
public interface InvocationConfig {

  /**
   * How long one invocation may take; what is not done by then is left to the next one. Stay some
   * seconds below the function's own time-out (API Gateway waits for 30 s at most): Funqy does not
   * hand over the Lambda context that would tell the time left.
   */
  @WithDefault("25s")
  Duration requestTimeout();
}
