package dev.polycert.look;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The addresses that our own looks at validations may connect to. */
@ConfigMapping(prefix = "polycert.validation")
public interface ValidationConfig {

  /**
   * Lets looks connect to loopback, link-local, private and other addresses that are not on the
   * public Internet. Only for tests and closed networks: the owner of a domain chooses its
   * addresses.
   */
  @WithDefault("false")
  boolean allowPrivateAddresses();

  /** The port of {@code http://} URLs that name none. */
  @WithDefault("80")
  int httpPort();
}
