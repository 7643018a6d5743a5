package dev.polycert.look;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of looks at what hosts serve. */
@ConfigMapping(prefix = "polycert.served")
public interface ServedLookConfig {

  /**
   * Lets looks connect to loopback, link-local, private and other addresses that are not on the
   * public Internet: for hosts of your own networks. Callers of the API then learn what answers
   * there.
   */
  @WithDefault("false")
  boolean allowPrivateAddresses();

  /** Longest time for one address, from the connection to its certificate. */
  @WithDefault("5s")
  Duration timeout();

  /** Addresses that are looked at at the same time; more wait for their turn. */
  @WithDefault("20")
  int concurrency();
}
