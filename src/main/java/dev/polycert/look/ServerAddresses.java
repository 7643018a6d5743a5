package dev.polycert.look;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses of DNS servers from configuration and from {@code resolv.conf}. */
final class ServerAddresses {
  private static final int DNS_PORT = 53;
  private static final Pattern NAME_SERVER = Pattern.compile("\\s*nameserver\\s+(\\S+).*");

  private ServerAddresses() {}

  /**
   * Reads {@code host}, {@code host:port} and {@code [v6]:port}.
   *
   * @throws IllegalArgumentException when one is of another form
   */
  static List<InetSocketAddress> parse(List<String> servers) {
    return servers.stream().map(ServerAddresses::parse).toList();
  }

  /** Reads the {@code nameserver} lines of {@code resolv.conf(5)}. */
  static List<InetSocketAddress> ofResolvConf(List<String> lines) {
    return lines.stream()
        .map(NAME_SERVER::matcher)
        .filter(Matcher::matches)
        .map(matcher -> new InetSocketAddress(matcher.group(1), DNS_PORT))
        .toList();
  }

  private static InetSocketAddress parse(String server) {
    URI uri = URI.create("dns://" + server.strip());
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "polycert.dns: '" + server + "' is no server: write host, host:port or [v6]:port");
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DNS_PORT : uri.getPort());
  }
}
