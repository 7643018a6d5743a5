package dev.polycert.vendor.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Signing;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The signature that AWS describes ("Create a signed AWS API request"), computed step by step. */
class SigV4FilterTest {
  private static final URI QUERY =
      URI.create("https://route53.amazonaws.com/2013-04-01/hostedzonesbyname?dnsname=a.com&a=b");
  private static final AwsKeys KEYS =
      new AwsKeys(
          () ->
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create("AKIDEXAMPLE", "fake-secret-key-for-tests-only")));
  private static final SigV4Filter FILTER =
      new SigV4Filter(
          KEYS,
          "route53",
          "us-east-1",
          Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

  private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();

  @BeforeAll
  static void findKeys() {
    KEYS.with(found -> Uni.createFrom().item(new Answer.Success<>(found.keyId(), null)))
        .await()
        .indefinitely();
  }

  @Test
  void signsTheQueryTheBodyAndItsOwnHeaders() {
    headers.putSingle("X-Amz-Target", "Service.Operation");
    headers.putSingle("User-Agent", "changed on the way");

    FILTER.filter(request("POST", QUERY, "{}".getBytes(UTF_8)));

    assertThat(headers.getFirst("Authorization"))
        .isEqualTo(
            authorization(
                """
                POST
                /2013-04-01/hostedzonesbyname
                a=b&dnsname=a.com
                host:route53.amazonaws.com
                x-amz-content-sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a
                x-amz-date:20261121T120000Z
                x-amz-target:Service.Operation

                host;x-amz-content-sha256;x-amz-date;x-amz-target
                44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\
                """,
                "host;x-amz-content-sha256;x-amz-date;x-amz-target"));
    assertThat(headers.getFirst("X-Amz-Date")).isEqualTo("20261121T120000Z");
    assertThat(headers.getFirst("User-Agent")).isEqualTo("changed on the way");
  }

  @Test
  void signsNothingAsTheBodyWhereThereIsNone() {
    FILTER.filter(request("GET", QUERY, null));

    assertThat(headers.getFirst("Authorization"))
        .isEqualTo(
            authorization(
                """
                GET
                /2013-04-01/hostedzonesbyname
                a=b&dnsname=a.com
                host:route53.amazonaws.com
                x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                x-amz-date:20261121T120000Z

                host;x-amz-content-sha256;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\
                """,
                "host;x-amz-content-sha256;x-amz-date"));
  }

  /** The client writes it, and would write it twice. */
  @Test
  void leavesTheHostToTheClient() {
    FILTER.filter(request("GET", QUERY, null));

    assertThat(headers).doesNotContainKeys("Host", "host");
  }

  private static String authorization(String canonical, String signed) {
    String scope = "20261121/us-east-1/route53/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n20261121T120000Z\n"
            + scope
            + "\n"
            + Signing.sha256Hex(canonical.getBytes(UTF_8));
    byte[] key = "AWS4fake-secret-key-for-tests-only".getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = Signing.hmacSha256(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/%s, SignedHeaders=%s, Signature=%s"
        .formatted(scope, signed, HexFormat.of().formatHex(Signing.hmacSha256(key, toSign)));
  }

  private ClientRequestContext request(String method, URI uri, byte[] body) {
    return (ClientRequestContext)
        Proxy.newProxyInstance(
            ClientRequestContext.class.getClassLoader(),
            new Class<?>[] {ClientRequestContext.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getUri" -> uri;
                  case "getEntity" -> body;
                  case "getHeaders" -> headers;
                  case "getStringHeaders" -> texts();
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private MultivaluedMap<String, String> texts() {
    MultivaluedMap<String, String> texts = new MultivaluedHashMap<>();
    headers.forEach((name, values) -> values.forEach(value -> texts.add(name, value.toString())));
    return texts;
  }
}
