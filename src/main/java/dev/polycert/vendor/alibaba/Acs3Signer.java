package dev.polycert.vendor.alibaba;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Clients;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs each request as it is about to be sent with ACS3-HMAC-SHA256, the V3 signature of Alibaba
 * Cloud's OpenAPI. Each gets a nonce of its own: the vendor refuses a nonce that it has seen
 * ({@code SignatureNonceUsed}), so that a repeated call needs a new one.
 */
public final class Acs3Signer implements ClientRequestFilter {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final int NONCE_BYTES = 16;

  private final Credentials credentials;
  private final Clock clock;
  private final RandomGenerator random;

  public Acs3Signer(Credentials credentials, Clock clock, RandomGenerator random) {
    this.credentials = credentials;
    this.clock = clock;
    this.random = random;
  }

  /** Signs for a client, with nonces out of a source of random numbers. */
  public static Clients.Signing with(RandomGenerator random) {
    return (credentials, clock) -> new Acs3Signer(credentials, clock, random);
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
        authorization(
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

  /**
   * Signs a request to the path {@code /}.
   *
   * @param rawQuery the query as it is sent, null when there is none
   * @param headers by lower-case name, {@code host} and {@code x-acs-content-sha256} among them; of
   *     these {@code host}, {@code content-type} and all {@code x-acs-*} are signed
   * @return the value of {@code Authorization}
   */
  static String authorization(
      String keyId,
      String secret,
      String method,
      @Nullable String rawQuery,
      Map<String, String> headers) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.keySet().removeIf(name -> !isSigned(name));
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            "/",
            Signing.canonicalQuery(rawQuery),
            lines(signed),
            names,
            headers.get("x-acs-content-sha256"));
    String toSign = ALGORITHM + "\n" + Signing.sha256Hex(canonical.getBytes(UTF_8));
    return ALGORITHM
        + " Credential="
        + keyId
        + ",SignedHeaders="
        + names
        + ",Signature="
        + Signing.hmacSha256Hex(secret, toSign);
  }

  private static boolean isSigned(String name) {
    return name.startsWith("x-acs-") || name.equals("host") || name.equals("content-type");
  }

  private static String lines(SortedMap<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(Collectors.joining());
  }
}
