package dev.polycert.vendor.alibaba.oss;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs each request as it is about to be sent with OSS4-HMAC-SHA256, the V4 signature of OSS. The
 * path begins with the bucket. At OSS' own hosts the bucket moves into the host name, because OSS
 * takes it nowhere else there. The signed path has the bucket in both cases.
 */
final class OssSigner implements ClientRequestFilter {
  private static final String ALGORITHM = "OSS4-HMAC-SHA256";
  private static final String END = "aliyun_v4_request";

  /** TLS protects the body; OSS takes no other value here. */
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final String region;
  private final Clock clock;

  OssSigner(Credentials credentials, String region, Clock clock) {
    this.credentials = credentials;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    Instant now = clock.instant();
    headers.putSingle("x-oss-date", TIME.format(now));
    headers.putSingle("x-oss-content-sha256", UNSIGNED);
    String token = credentials.token();
    if (token != null) {
      headers.putSingle("x-oss-security-token", token);
    }
    URI uri = request.getUri();
    String query = canonicalQuery(uri.getRawQuery());
    // The REST client may drop the slash at the end.
    String bucket = uri.getRawPath().replace("/", "");
    request.setUri(addressed(uri, bucket, query));
    Map<String, String> sent = new HashMap<>();
    request
        .getStringHeaders()
        .forEach((name, values) -> sent.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.putSingle(
        "Authorization",
        authorization(
            credentials.keyId(),
            credentials.secret(),
            region,
            now,
            request.getMethod(),
            "/" + bucket + "/",
            query,
            sent));
  }

  static URI addressed(URI uri, String bucket, String query) {
    boolean own = uri.getHost().endsWith(".aliyuncs.com");
    return URI.create(
        own
            ? "%s://%s.%s/?%s".formatted(uri.getScheme(), bucket, uri.getRawAuthority(), query)
            : "%s://%s/%s/?%s".formatted(uri.getScheme(), uri.getRawAuthority(), bucket, query));
  }

  /** Sorted by name; a parameter without a value has no equals sign. */
  static String canonicalQuery(@Nullable String rawQuery) {
    return Arrays.stream(Signing.canonicalQuery(rawQuery).split("&"))
        .map(parameter -> parameter.endsWith("=") ? parameter.replace("=", "") : parameter)
        .collect(Collectors.joining("&"));
  }

  /**
   * Signs a request.
   *
   * @param path with the bucket in front, encoded
   * @param headers by lower-case name; of these {@code content-type}, {@code content-md5} and all
   *     {@code x-oss-*} are signed
   * @return the value of {@code Authorization}
   */
  static String authorization(
      String keyId,
      String secret,
      String region,
      Instant time,
      String method,
      String path,
      String canonicalQuery,
      Map<String, String> headers) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.keySet().removeIf(name -> !isSigned(name));
    String lines =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining());
    // No additional headers are signed: their line is empty.
    String canonical = String.join("\n", method, path, canonicalQuery, lines, "", UNSIGNED);
    String stamp = TIME.format(time);
    String day = stamp.substring(0, stamp.indexOf('T'));
    String scope = String.join("/", day, region, "oss", END);
    String toSign =
        String.join("\n", ALGORITHM, stamp, scope, Signing.sha256Hex(canonical.getBytes(UTF_8)));
    byte[] key = ("aliyun_v4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = Signing.hmacSha256(key, part);
    }
    return "%s Credential=%s/%s,Signature=%s"
        .formatted(
            ALGORITHM, keyId, scope, HexFormat.of().formatHex(Signing.hmacSha256(key, toSign)));
  }

  private static boolean isSigned(String name) {
    return name.startsWith("x-oss-") || name.equals("content-type") || name.equals("content-md5");
  }
}
