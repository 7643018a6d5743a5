package dev.polycert.look;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the target of a URL. Refuses URLs that a CA would not fetch, and those by which a stranger
 * would make us fetch from private networks. Blocks; for virtual threads only.
 */
@ApplicationScoped
class HttpTargets {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final ValidationConfig config;
  private final RecursiveResolver resolver;
  private final PublicAddresses publicAddresses;

  HttpTargets(
      ValidationConfig config, RecursiveResolver resolver, PublicAddresses publicAddresses) {
    this.config = config;
    this.resolver = resolver;
    this.publicAddresses = publicAddresses;
  }

  /** Resolves the host and checks everything about the URL. */
  HttpTarget of(String text, Instant deadline) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException malformed) {
      return new HttpTarget.Refused("it is not a valid URL");
    }
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    if (!https && !"http".equalsIgnoreCase(url.getScheme())) {
      return new HttpTarget.Refused("a CA follows http:// and https:// only");
    }
    if (url.getHost() == null || url.getUserInfo() != null) {
      return new HttpTarget.Refused("the URL must have a host and no user");
    }
    int port = url.getPort() >= 0 ? url.getPort() : https ? HTTPS_PORT : config.httpPort();
    // The Authorized Ports of HTTP (CA/B Forum Baseline Requirements, 1.6.1).
    if (port != HTTP_PORT && port != HTTPS_PORT && port != config.httpPort()) {
      return new HttpTarget.Refused("a CA connects to the ports 80 and 443 only");
    }
    return resolve(url, port, deadline);
  }

  private HttpTarget resolve(URI url, int port, Instant deadline) {
    List<InetAddress> found = addresses(url.getHost(), deadline);
    if (found.isEmpty()) {
      return new HttpTarget.Refused("the host " + url.getHost() + " has no address in the DNS");
    }
    List<InetAddress> allowed = found.stream().filter(publicAddresses::allows).toList();
    return allowed.isEmpty()
        ? new HttpTarget.Refused(
            "the host %s has the address %s, which is not on the public Internet"
                .formatted(url.getHost(), found.getFirst().getHostAddress()))
        : new HttpTarget.Reachable(url, allowed, port);
  }

  private List<InetAddress> addresses(String host, Instant deadline) {
    return literal(host)
        .map(List::of)
        .or(() -> Names.parse(host).map(name -> resolver.allAddresses(name, deadline)))
        .orElse(List.of());
  }

  /** Whether the host of a URL is an address. */
  static boolean isAddress(URI url) {
    return url.getHost() != null && literal(url.getHost()).isPresent();
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException isName) {
      return Optional.empty();
    }
  }
}
