package dev.polycert.vendor.huawei.scm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Signing;
import dev.polycert.provider.FixtureServer.Received;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Computes, as the vendor would from what it received, the Authorization that should be there. */
final class WireSignature {
  private WireSignature() {}

  static String of(Received request, String secret) {
    String query =
        request.query() == null
            ? ""
            : Arrays.stream(request.query().split("&")).sorted().collect(Collectors.joining("&"));
    Map<String, String> signed = new TreeMap<>(request.headers());
    signed
        .keySet()
        .retainAll(java.util.Set.of("host", "x-project-id", "x-sdk-date", "x-security-token"));
    String lines =
        signed.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue() + "\n")
            .collect(Collectors.joining());
    String names = String.join(";", signed.keySet());
    String canonical =
        request.method()
            + "\n"
            + request.path()
            + "/\n"
            + query
            + "\n"
            + lines
            + "\n"
            + names
            + "\n"
            + Signing.sha256Hex(request.body());
    String toSign =
        "SDK-HMAC-SHA256\n"
            + request.headers().get("x-sdk-date")
            + "\n"
            + Signing.sha256Hex(canonical.getBytes(UTF_8));
    return "SDK-HMAC-SHA256 Access=FAKEAKEXAMPLE0000000, SignedHeaders="
        + names
        + ", Signature="
        + Signing.hmacSha256Hex(secret, toSign);
  }
}
