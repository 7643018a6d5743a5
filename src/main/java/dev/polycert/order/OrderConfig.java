package dev.polycert.order;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The times of an order's life. */
@ConfigMapping(prefix = "polycert.order")
public interface OrderConfig {

  /**
   * How long an order may stay in a state that is not an end, unless the vendor sets another time.
   */
  @WithDefault("72h")
  Duration deadline();

  /**
   * How long after an unclear write a look-up that shows nothing proves nothing: lists lag behind
   * writes, and a second application costs a quota.
   */
  @WithDefault("2m")
  Duration settle();

  /** How long after its request's deadline a writer may still be running. */
  @WithDefault("15s")
  Duration lease();

  /** How long one look at a published record or file may take before the vendor is asked. */
  @WithDefault("6s")
  Duration look();

  /** How long one step waits for the servers to answer with a record that we published. */
  @WithDefault("5s")
  Duration publishWait();
}
