package dev.polycert.function.invocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of an invocation. */
@ConfigMapping(prefix = "polycert")
public interface InvocationConfig {

  /**
   * How long one invocation may take; the next one continues what is not done by then. Set it some
   * seconds below the time-out of the function (API Gateway waits for 30 s at most): Funqy does not
   * pass on the Lambda context, which knows the time left.
   */
  @WithDefault("25s")
  Duration requestTimeout();
}
