package dev.polycert.vendor.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Signing;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes SDK-HMAC-SHA256, the AK/SK request signature of Huawei Cloud's API gateway. */
final class SdkHmacSigner {
  private static final String ALGORITHM = "SDK-HMAC-SHA256";

  private SdkHmacSigner() {}

  /**
   * Signs a request.
   *
   * @param rawPath the path as it is sent
   * @param rawQuery the query as it is sent, null when there is none
   * @param headers what is signed, by lower-case name: at least {@code host} and {@code x-sdk-date}
   * @return the value of {@code Authorization}
   */
  static String authorization(
      String keyId,
      String secret,
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, String> headers,
      byte[] body) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            canonicalPath(rawPath),
            Signing.canonicalQuery(rawQuery),
            lines(signed),
            names,
            Signing.sha256Hex(body));
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            headers.get("x-sdk-date"),
            Signing.sha256Hex(canonical.getBytes(UTF_8)));
    return ALGORITHM
        + " Access="
        + keyId
        + ", SignedHeaders="
        + names
        + ", Signature="
        + Signing.hmacSha256Hex(secret, toSign);
  }

  /** The signed path ends with a slash even where the path that is sent does not. */
  private static String canonicalPath(String rawPath) {
    String path =
        Arrays.stream(rawPath.split("/"))
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
            .map(Signing::percentEncode)
            .collect(Collectors.joining("/"));
    return path + "/";
  }

  private static String lines(SortedMap<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(Collectors.joining());
  }
}
