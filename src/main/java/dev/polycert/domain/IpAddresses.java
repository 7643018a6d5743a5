package dev.polycert.domain;

import com.google.common.net.InetAddresses;
import dev.polycert.domain.DomainName.InvalidNameException;
import java.net.InetAddress;
import java.util.Optional;

/** Gives every IP address one spelling. */
public final class IpAddresses {
  private IpAddresses() {}

  /**
   * The spelling that ACME wants (RFC 8738, section 3, and RFC 5952); empty where a text is no
   * address.
   *
   * @param text IPv6 addresses may be in brackets
   * @throws InvalidNameException when it is the address of no single host
   */
  static Optional<String> canonical(String text) {
    boolean brackets = text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0;
    String bare = brackets ? text.substring(1, text.length() - 1) : text;
    if (bare.indexOf('%') >= 0 || !InetAddresses.isInetAddress(bare)) {
      return Optional.empty();
    }
    InetAddress address = InetAddresses.forString(bare);
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      throw new InvalidNameException(
          text, "is the address of no single host: give that of one, or a domain name");
    }
    return Optional.of(canonical(address));
  }

  /** The same spelling. */
  public static String canonical(InetAddress address) {
    return InetAddresses.toAddrString(address);
  }
}
