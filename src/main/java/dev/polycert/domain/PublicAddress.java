package dev.polycert.domain;

import java.net.InetAddress;
import java.util.List;

/** Separates addresses of the public Internet from those of a machine and its networks. */
public final class PublicAddress {
  /**
   * The blocks of the IANA special-purpose address registries (RFC 6890), and unallocated blocks:
   * of IPv6 only 2000::/3 is allocated. Blocks in which some addresses are reachable, as those of a
   * protocol, count as a whole; no server of files or names has such an address.
   */
  private static final List<String> SPECIAL =
      List.of(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, cloud metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112, answered by the nearest of many servers
          "192.52.193.0/24", // AMT relays
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/3", // multicast, reserved, broadcast
          "::/3", // unspecified, loopback, IPv4 in several forms, NAT64, discard-only
          "2001::/23", // protocol assignments, among them Teredo, which embeds IPv4
          "2001:db8::/32", // documentation
          "2002::/16", // IPv4 embedded by 6to4
          "2620:4f:8000::/48", // AS112
          "3fff::/20", // documentation
          "4000::/2", // unallocated, except for segment routing (5f00::/16)
          "8000::/1"); // unallocated, except for unique local, link-local, site-local, multicast

  private PublicAddress() {}

  /** Whether the address can be that of a server on the public Internet. */
  public static boolean is(InetAddress address) {
    return SPECIAL.stream().noneMatch(block -> contains(block, address.getAddress()));
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
