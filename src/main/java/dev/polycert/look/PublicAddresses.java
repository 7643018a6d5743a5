package dev.polycert.look;

import dev.polycert.domain.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;

/**
 * Separates addresses that a CA can reach from those of this machine and its networks. Strangers
 * choose names and their addresses, so looks connect to no others.
 */
@ApplicationScoped
class PublicAddresses {
  private final ValidationConfig config;

  PublicAddresses(ValidationConfig config) {
    this.config = config;
  }

  /** Whether a look may connect to the address. */
  boolean allows(InetAddress address) {
    return config.allowPrivateAddresses() || PublicAddress.is(address);
  }
}
