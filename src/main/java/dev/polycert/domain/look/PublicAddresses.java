package dev.polycert.domain.look;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses that a CA can reach from those of this machine and its networks. Names and their
 * addresses are chosen by strangers, so looks go nowhere else.
 */
@ApplicationScoped
class PublicAddresses {
  /** Not globally reachable by the IANA special-purpose address registries (RFC 6890). */
  private static final List<String> SPECIAL =
      List.of(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, cloud metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "224.0.0.0/3", // multicast, reserved, broadcast
          "::/96", // unspecified, loopback, IPv4-compatible
          "64:ff9b::/96", // IPv4 embedded by NAT64
          "64:ff9b:1::/48", // the same, local
          "2002::/16", // IPv4 embedded by 6to4
          "fc00::/7", // unique local
          "fe80::/9", // link-local, site-local
          "ff00::/8"); // multicast

  private final ValidationConfig config;

  PublicAddresses(ValidationConfig config) {
    this.config = config;
  }

  /** Whether a look may go there. */
  boolean allows(InetAddress address) {
    return config.allowPrivateAddresses()
        || SPECIAL.stream().noneMatch(block -> contains(block, address.getAddress()));
  }

  private static boolean contains(String block, byte[] address) {
    int slash = block.indexOf('/');
    byte[] prefix = InetAddress.ofLiteral(block.substring(0, slash)).getAddress();
    int bits = Integer.parseInt(block.substring(slash + 1));
    if (prefix.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((prefix[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
