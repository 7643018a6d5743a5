package dev.polycert.vendor.volcengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Signs each request of one account just before it is sent, with {@code HMAC-SHA256}, as the
 * vendor's own client does (github.com/volcengine/volc-sdk-golang, {@code base/sign.go}).
 */
final class VolcengineSigner implements ClientRequestFilter {
  private static final String SERVICE = "dns";

  /** One for all zones, which are not in a region. */
  private static final String REGION = "cn-beijing";

  /** The value that is signed must be sent to the letter. */
  private static final String CONTENT_TYPE = "application/json";

  private static final String ALGORITHM = "HMAC-SHA256";
  private static final String SIGNED_HEADERS = "content-type;host;x-content-sha256;x-date";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final Clock clock;

  VolcengineSigner(Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    Instant now = clock.instant();
    byte[] body = Signing.body(request);
    MultivaluedMap<String, Object> headers = request.getHeaders();
    headers.putSingle(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
    headers.putSingle("X-Date", TIME.format(now));
    headers.putSingle("X-Content-Sha256", Signing.sha256Hex(body));
    headers.putSingle(
        HttpHeaders.AUTHORIZATION, authorization(now, request.getMethod(), request.getUri(), body));
  }

  /**
   * Computes the value of the {@code Authorization} header.
   *
   * @param at the instant whose seconds go into {@code X-Date}
   * @param body the bytes sent
   */
  String authorization(Instant at, String method, URI uri, byte[] body) {
    String time = TIME.format(at);
    String scope = time.substring(0, 8) + "/" + REGION + "/" + SERVICE + "/request";
    String hash = Signing.sha256Hex(body);
    String canonicalRequest =
        String.join(
            "\n",
            method,
            "/",
            Signing.canonicalQuery(uri.getRawQuery()),
            "content-type:" + CONTENT_TYPE,
            "host:" + Signing.host(uri),
            "x-content-sha256:" + hash,
            "x-date:" + time,
            "",
            SIGNED_HEADERS,
            hash);
    String toSign =
        String.join(
            "\n", ALGORITHM, time, scope, Signing.sha256Hex(canonicalRequest.getBytes(UTF_8)));
    String signature =
        HexFormat.of().formatHex(Signing.hmacSha256(key(time.substring(0, 8)), toSign));
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, credentials.keyId(), scope, SIGNED_HEADERS, signature);
  }

  private byte[] key(String date) {
    byte[] dateKey = Signing.hmacSha256(credentials.secret().getBytes(UTF_8), date);
    byte[] regionKey = Signing.hmacSha256(dateKey, REGION);
    return Signing.hmacSha256(Signing.hmacSha256(regionKey, SERVICE), "request");
  }
}
