package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.whole.judge.Capture;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as the vendor's own SDK makes them. */
class Tc3SignerTest {

  static Stream<Arguments> vectors() throws IOException {
    try (InputStream in = Tc3SignerTest.class.getResourceAsStream("/vectors.json")) {
      JsonNode all = TencentTesting.JSON.readTree(in);
      return StreamSupport.stream(all.spliterator(), false)
          .filter(vector -> vector.path("algorithm").asText().equals("TC3-HMAC-SHA256"))
          .map(vector -> Arguments.of(vector.path("id").asText(), vector))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void signsAsTheVendorsSdkDoes(String id, JsonNode vector) {
    String host = vector.path("host").asText();
    Tc3Signer signer =
        TencentTesting.signer(
            Map.of(
                "TENCENTCLOUD_SECRET_ID", vector.path("accessKey").asText(),
                "TENCENTCLOUD_SECRET_KEY", vector.path("secretKey").asText()),
            host.substring(0, host.indexOf('.')));
    String authorization =
        signer.authorization(
            Instant.ofEpochSecond(vector.path("timestamp").asLong()),
            host,
            "application/json; charset=utf-8",
            vector.path("body").asText().getBytes(StandardCharsets.UTF_8));
    assertThat(authorization).isEqualTo(vector.path("authorization").asText());
  }

  static List<Capture> captures() {
    return Capture.of(Capture.Vendor.TENCENT);
  }

  /** The service is the one that the SDK signed for, which it takes from the endpoint. */
  @ParameterizedTest
  @MethodSource("captures")
  void signsWhatTheVendorsSdkSentAsItDid(Capture capture) {
    String service =
        capture.header("authorization").replaceFirst(".*Credential=[^/]+/[^/]+/([^/]+)/.*", "$1");
    Tc3Signer signer =
        TencentTesting.signer(
            Map.of(
                "TENCENTCLOUD_SECRET_ID", Capture.KEY_ID,
                "TENCENTCLOUD_SECRET_KEY", Capture.SECRET),
            service);
    String authorization =
        signer.authorization(
            Instant.ofEpochSecond(Long.parseLong(capture.header("x-tc-timestamp"))),
            capture.name().contains("mode-apigw")
                ? "ssl.tencentcloudapi.com" // signed for the host behind that gateway
                : capture.header("host"),
            capture.header("content-type"),
            capture.body());
    assertThat(authorization).isEqualTo(capture.header("authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fake-session-token"})
  void theRequestCarriesAllThatWasSigned(String token) {
    Map<String, String> keys =
        Map.of(
            "TENCENTCLOUD_SECRET_ID", TencentTesting.KEY_ID,
            "TENCENTCLOUD_SECRET_KEY", TencentTesting.SECRET,
            "TENCENTCLOUD_TOKEN", token);
    Tc3Signer signer = TencentTesting.signer(keys, "ssl");
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();

    signer.filter(request(URI.create("https://ssl.tencentcloudapi.com/"), body, headers));

    String contentType = "application/json; charset=utf-8";
    assertThat(headers.getFirst("Content-Type")).isEqualTo(contentType);
    assertThat(headers.getFirst("X-TC-Timestamp"))
        .isEqualTo(String.valueOf(TencentTesting.NOW.getEpochSecond()));
    assertThat(headers.getFirst("X-TC-Token")).isEqualTo(token.isEmpty() ? null : token);
    assertThat(headers.getFirst("Authorization"))
        .isEqualTo(
            signer.authorization(TencentTesting.NOW, "ssl.tencentcloudapi.com", contentType, body));
  }

  private static ClientRequestContext request(
      URI uri, byte[] body, MultivaluedMap<String, Object> headers) {
    return (ClientRequestContext)
        Proxy.newProxyInstance(
            Tc3SignerTest.class.getClassLoader(),
            new Class<?>[] {ClientRequestContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUri" -> uri;
                  case "getEntity" -> body;
                  case "getHeaders" -> headers;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
