package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.client.ClientRequestContext;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The few building blocks that every vendor's signing algorithm is made of. */
public final class Signing {
  private static final byte[] NOTHING = {};

  private Signing() {}

  /** Hashes with SHA-256; lower-case hex. */
  public static String sha256Hex(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Computes an HMAC-SHA256 (RFC 2104). */
  public static byte[] hmacSha256(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Computes an HMAC-SHA256 with the bytes of the secret as its key; lower-case hex. */
  public static String hmacSha256Hex(String secret, String text) {
    return HexFormat.of().formatHex(hmacSha256(secret.getBytes(UTF_8), text));
  }

  /** Encodes everything but RFC 3986's unreserved characters, as UTF-8. */
  public static String percentEncode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /**
   * Brings a query into the form that is signed: decoded, encoded again by {@link #percentEncode},
   * sorted by encoded name, parameters of the same name in their order.
   *
   * @param rawQuery as it is sent, {@code +} standing for a space; null when there is none
   */
  public static String canonicalQuery(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return "";
    }
    return Arrays.stream(rawQuery.split("&"))
        .filter(parameter -> !parameter.isEmpty())
        .map(parameter -> parameter.split("=", 2))
        .map(
            pair ->
                new String[] {encodeAgain(pair[0]), pair.length < 2 ? "" : encodeAgain(pair[1])})
        .sorted(Comparator.comparing(pair -> pair[0]))
        .map(pair -> pair[0] + "=" + pair[1])
        .collect(Collectors.joining("&"));
  }

  private static String encodeAgain(String encoded) {
    return percentEncode(URLDecoder.decode(encoded, UTF_8));
  }

  /**
   * The {@code Host} header that is sent for a URI: with the port only where it is not the
   * scheme's.
   */
  public static String host(URI uri) {
    int standard = "https".equals(uri.getScheme()) ? 443 : 80;
    boolean withPort = uri.getPort() != -1 && uri.getPort() != standard;
    return withPort ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
  }

  /** The body's bytes as they are sent; empty without one. Only a body of bytes can be signed. */
  public static byte[] body(ClientRequestContext request) {
    return switch (request.getEntity()) {
      case null -> NOTHING;
      case byte[] bytes -> bytes;
      default -> throw new IllegalStateException("only bytes are sure to be sent as signed");
    };
  }
}
