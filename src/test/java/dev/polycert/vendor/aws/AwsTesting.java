package dev.polycert.vendor.aws;

import dev.polycert.call.DirectClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.RestClients;
import dev.polycert.call.Signing;
import dev.polycert.call.VendorServer;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Fake keys, and the signature that they give. */
public final class AwsTesting {
  public static final String KEY_ID = Canaries.of("AWS_ACCESS_KEY_ID");
  private static final String SECRET = Canaries.of("AWS_SECRET_ACCESS_KEY");
  private static final String TOKEN = Canaries.of("AWS_SESSION_TOKEN");

  private AwsTesting() {}

  public static AwsKeys keys() {
    return new AwsKeys(AwsTesting::credentials);
  }

  /** Addresses as an environment without any settings gives them. */
  public static AwsEndpoints endpoints() {
    return new AwsEndpoints(HttpTesting.config(Map.of()));
  }

  /** The same keys for AWS's own clients. */
  public static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsSessionCredentials.create(KEY_ID, SECRET, TOKEN));
  }

  /** Services in any region that are all at this address. */
  public static AwsJsonService.Factory services(URI endpoint, Vertx vertx) {
    return services(endpoint, config -> HttpTesting.restClients(config, vertx));
  }

  /** The same without the container that REST clients need. */
  public static AwsJsonService.Factory directServices(URI endpoint, Vertx vertx) {
    return services(endpoint, config -> new DirectClients(config, vertx));
  }

  private static AwsJsonService.Factory services(
      URI endpoint, Function<SmallRyeConfig, RestClients> clients) {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of("polycert.http.backoff", "1ms", "polycert.http.endpoint", endpoint.toString()));
    return new AwsJsonService.Factory(
        keys(),
        clients.apply(config),
        HttpTesting.calls(config, Clock.systemUTC()),
        new AwsEndpoints(config));
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
