package dev.polycert.look;

import dev.polycert.startup.StartupCheck;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads addresses of DNS servers from configuration and from {@code resolv.conf}. */
final class ServerAddresses {
  private static final int DNS_PORT = 53;
  private static final int MAX_PORT = 65535;
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

  /** What is wrong with servers, without a look at the DNS for their names. */
  static Stream<String> wrong(String setting, List<String> servers) {
    return servers.stream()
        .flatMap(server -> StartupCheck.of(() -> uri(server)).stream())
        .map(why -> setting + ": " + why);
  }

  private static InetSocketAddress parse(String server) {
    URI uri = uri(server);
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DNS_PORT : uri.getPort());
  }

  private static URI uri(String server) {
    try {
      URI uri = new URI("dns://" + server.strip());
      boolean alone =
          uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if (uri.getHost() != null && alone && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (URISyntaxException unreadable) {
      // As one that is read otherwise than it was meant.
    }
    throw new IllegalArgumentException(
        "'%s' is no server: write host, host:port or [v6]:port".formatted(server));
  }
}
