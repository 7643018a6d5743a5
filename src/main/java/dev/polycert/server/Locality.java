package dev.polycert.server;

import dev.polycert.function.invocation.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects broken {@code Host} headers; and at a server without a key, everything that does not come
 * from this machine. A browser on this machine sends requests for any page on the web: such
 * requests are recognised by the name that they came for (DNS rebinding), by their origin, or by
 * their media type.
 */
final class Locality {
  /** Host and port as RFC 9110 (7.2) has them, without characters that no host name has. */
  private static final Pattern HOST =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private static final int HIGHEST_PORT = 65_535;

  /** Values for requests that the user made, or a page of this server (Fetch Metadata, 2.4). */
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");

  private static final String SET_A_KEY =
      " A server without a key serves this machine only: set POLYCERT_API_KEY to serve others.";

  private final boolean keyless;

  /**
   * @param keyless whether the server asks for no key
   */
  Locality(boolean keyless) {
    this.keyless = keyless;
  }

  /** Why a request is rejected by its headers alone; empty for most. */
  Optional<Problem> rejected(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    // RFC 9112, 3.2: one in each request of HTTP/1.1.
    boolean needed = keyless || request.version() != HttpVersion.HTTP_1_0;
    if (hosts.size() > 1 || (hosts.isEmpty() && needed)) {
      return problem(400, "The request has " + hosts.size() + " Host headers; one is expected.");
    }
    String host = hosts.isEmpty() ? "" : hosts.getFirst();
    if (!hosts.isEmpty() && !isHost(host)) {
      return problem(400, "The Host header is no host name or address with an optional port.");
    }
    return keyless ? foreign(request, host) : Optional.empty();
  }

  private static Optional<Problem> foreign(HttpServerRequest request, String host) {
    MultiMap headers = request.headers();
    String origin = headers.get(HttpHeaders.ORIGIN);
    String site = headers.get("sec-fetch-site");
    if (!isLoopback(request.remoteAddress())) {
      return problem(403, "The request comes from another machine." + SET_A_KEY);
    }
    if (!LOOPBACK.matcher(name(host)).matches()) {
      return problem(403, "The Host header does not name this machine: use localhost." + SET_A_KEY);
    }
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      return problem(403, "The request comes from a page of another origin." + SET_A_KEY);
    }
    if (site != null && !OWN_SITE.contains(site)) {
      return problem(403, "The request comes from a page of another site." + SET_A_KEY);
    }
    if (request.method().equals(HttpMethod.POST) && !headers.contains(HttpHeaders.CONTENT_TYPE)) {
      return problem(415, "The request needs the header Content-Type: application/json.");
    }
    return Optional.empty();
  }

  private static boolean isHost(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return false;
    }
    String port = matcher.group("port");
    return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
  }

  private static String name(String host) {
    Matcher matcher = HOST.matcher(host);
    return matcher.matches() ? matcher.group("host").toLowerCase(Locale.ROOT) : "";
  }

  private static boolean isLoopback(@Nullable SocketAddress from) {
    String address = from == null ? null : from.hostAddress();
    return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  private static Optional<Problem> problem(int status, String detail) {
    return Optional.of(Problem.of(status, detail));
  }
}
