package dev.polycert.vendor.alibaba;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Signs each request as it is about to be sent, with a nonce of its own: the vendor refuses a nonce
 * that it has seen ({@code SignatureNonceUsed}), so that a repeated call needs a new one.
 */
public final class Acs3Filter implements ClientRequestFilter {
  private static final int NONCE_BYTES = 16;

  private final Credentials credentials;
  private final Clock clock;
  private final RandomGenerator random;

  public Acs3Filter(Credentials credentials, Clock clock, RandomGenerator random) {
    this.credentials = credentials;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void filter(ClientRequestContext request) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    headers.putSingle("x-acs-date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.putSingle("x-acs-signature-nonce", nonce());
    headers.putSingle("x-acs-content-sha256", Signing.sha256Hex(Signing.body(request)));
    String token = credentials.token();
    if (token != null) {
      headers.putSingle("x-acs-accesskey-id", credentials.keyId());
      headers.putSingle("x-acs-security-token", token);
    }
    URI uri = rooted(request.getUri());
    request.setUri(uri);
    headers.putSingle(
        "Authorization",
        Acs3Signer.authorization(
            credentials.keyId(),
            credentials.secret(),
            request.getMethod(),
            uri.getRawQuery(),
            toBeSent(request, uri)));
  }

  /**
   * The REST client drops a lone slash, and would send {@code POST ?SiteId=1}, which is no HTTP
   * (RFC 9112, section 3.2.1) and not what is signed.
   */
  private static URI rooted(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + "/" + query);
  }

  private static Map<String, String> toBeSent(ClientRequestContext request, URI uri) {
    Map<String, String> headers = new HashMap<>();
    request
        .getStringHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.put("host", Signing.host(uri));
    return headers;
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
