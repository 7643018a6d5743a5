package dev.polycert.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a client may talk to. The address is that of the connection itself, so that a
 * name that has two answers gets past no check.
 *
 * @param roots the certificates of the only CAs that are trusted for TLS, in PEM; null for those of
 *     the system
 * @param addresses whether a request may be sent to an address
 */
public record Peers(@Nullable String roots, Predicate<InetAddress> addresses) {
  /** All that the system's CAs vouch for. */
  public static final Peers ANY = new Peers(null, address -> true);

  void trust(HttpClientOptions options) {
    if (roots != null) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(roots)));
    }
  }

  boolean allow(@Nullable SocketAddress peer) {
    String address = peer == null ? null : peer.hostAddress();
    return equals(ANY) || (address != null && addresses.test(InetAddress.ofLiteral(address)));
  }
}
