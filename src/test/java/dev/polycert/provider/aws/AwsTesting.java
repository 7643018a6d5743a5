package dev.polycert.provider.aws;

import dev.polycert.provider.http.Signing;
import dev.polycert.provider.http.VendorServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Fake keys, and the signature that they give. */
public final class AwsTesting {
  public static final String KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET = "fake-secret-key-for-tests-only";

  private AwsTesting() {}

  public static AwsKeys keys() {
    return new AwsKeys(
        () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)));
  }

  /** Signature Version 4 of a request as it arrived, computed from the description alone. */
  public static String authorization(VendorServer.Seen seen, String service, String region) {
    String sent = seen.headers().get("authorization");
    List<String> names =
        Arrays.asList(sent.replaceAll(".*SignedHeaders=([^,]+),.*", "$1").split(";"));
    String headers =
        names.stream()
            .map(name -> name + ":" + seen.headers().get(name) + "\n")
            .collect(Collectors.joining());
    URI uri = URI.create(seen.uri());
    String canonical =
        String.join(
            "\n",
            seen.method(),
            uri.getRawPath(),
            Signing.canonicalQuery(uri.getRawQuery()),
            headers,
            String.join(";", names),
            Signing.sha256Hex(seen.body().getBytes(StandardCharsets.UTF_8)));
    String date = seen.headers().get("x-amz-date");
    String scope = date.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            date,
            scope,
            Signing.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = Signing.hmacSha256(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            KEY_ID,
            scope,
            String.join(";", names),
            HexFormat.of().formatHex(Signing.hmacSha256(key, toSign)));
  }
}
