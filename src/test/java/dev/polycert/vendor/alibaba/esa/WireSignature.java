package dev.polycert.vendor.alibaba.esa;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Signing;
import dev.polycert.provider.FixtureServer.Received;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Computes, as the vendor would from what it received, the Authorization that should be there. */
final class WireSignature {
  private WireSignature() {}

  static Map<String, String> parameters(Received request) {
    return Arrays.stream(Objects.requireNonNull(request.query()).split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], UTF_8),
                (a, b) -> b,
                TreeMap::new));
  }

  static String of(Received request, String secret) {
    String query =
        parameters(request).entrySet().stream()
            .map(each -> each.getKey() + "=" + Signing.percentEncode(each.getValue()))
            .collect(Collectors.joining("&"));
    Map<String, String> signed = new TreeMap<>(request.headers());
    signed
        .keySet()
        .removeIf(
            name ->
                !name.startsWith("x-acs-") && !name.equals("host") && !name.equals("content-type"));
    String lines =
        signed.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue() + "\n")
            .collect(Collectors.joining());
    String names = String.join(";", signed.keySet());
    String canonical =
        request.method()
            + "\n/\n"
            + query
            + "\n"
            + lines
            + "\n"
            + names
            + "\n"
            + Signing.sha256Hex(request.body());
    String toSign = "ACS3-HMAC-SHA256\n" + Signing.sha256Hex(canonical.getBytes(UTF_8));
    return "ACS3-HMAC-SHA256 Credential=FAKEAKEXAMPLE0000000,SignedHeaders="
        + names
        + ",Signature="
        + Signing.hmacSha256Hex(secret, toSign);
  }
}
