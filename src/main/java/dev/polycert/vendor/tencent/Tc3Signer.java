package dev.polycert.vendor.tencent;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Signs each request of one account just before it is sent, with {@code TC3-HMAC-SHA256} (Tencent
 * Cloud API 3.0, "Signature v3"), for {@code POST /} without a query, which is all that API 3.0
 * needs.
 */
final class Tc3Signer implements ClientRequestFilter {
  /** The value that is signed must be sent to the letter. */
  private static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SIGNED_HEADERS = "content-type;host";

  private final Credentials credentials;
  private final String service;
  private final Clock clock;

  /**
   * @param service the product's name in the scope, {@code ssl} or {@code teo}. The SDKs take it
   *     from the host's first label; ours stays right when the endpoint is another host.
   */
  Tc3Signer(Credentials credentials, String service, Clock clock) {
    this.credentials = credentials;
    this.service = service;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    Instant now = clock.instant();
    byte[] body = Signing.body(request);
    MultivaluedMap<String, Object> headers = request.getHeaders();
    headers.putSingle(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
    headers.putSingle("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
    if (credentials.token() != null) {
      headers.putSingle("X-TC-Token", credentials.token());
    }
    headers.putSingle(
        HttpHeaders.AUTHORIZATION,
        authorization(now, Signing.host(request.getUri()), CONTENT_TYPE, body));
  }

  /**
   * Computes the value of the {@code Authorization} header.
   *
   * @param at the instant whose seconds go into {@code X-TC-Timestamp}
   * @param host the value of the {@code Host} header, with the port where it has one
   * @param contentType the value of the {@code Content-Type} header, to the letter
   * @param body the bytes sent
   */
  String authorization(Instant at, String host, String contentType, byte[] body) {
    String date = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    String scope = date + "/" + service + "/tc3_request";
    String canonicalRequest =
        String.join(
            "\n",
            "POST",
            "/",
            "",
            "content-type:" + contentType,
            "host:" + host,
            "",
            SIGNED_HEADERS,
            Signing.sha256Hex(body));
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            Long.toString(at.getEpochSecond()),
            scope,
            Signing.sha256Hex(utf8(canonicalRequest)));
    String signature = HexFormat.of().formatHex(Signing.hmacSha256(key(date), toSign));
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, credentials.keyId(), scope, SIGNED_HEADERS, signature);
  }

  private byte[] key(String date) {
    byte[] dateKey = Signing.hmacSha256(utf8("TC3" + credentials.secret()), date);
    return Signing.hmacSha256(Signing.hmacSha256(dateKey, service), "tc3_request");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
