package dev.polycert.look;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an own look at validations may reach. */
@ConfigMapping(prefix = "polycert.validation")
public interface ValidationConfig {

  /**
   * Lets looks go to loopback, link-local, private and other addresses that are not on the public
   * Internet. Only for tests and closed networks: whoever owns a domain chooses its addresses.
   */
  @WithDefault("false")
  boolean allowPrivateAddresses();

  /** The port of {@code http://} URLs that name none. */
  @WithDefault("80")
  int httpPort();
}
