package dev.polycert.vendor.alibaba;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Signing;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes ACS3-HMAC-SHA256, the V3 request signature of Alibaba Cloud's OpenAPI. */
final class Acs3Signer {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";

  private Acs3Signer() {}

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
