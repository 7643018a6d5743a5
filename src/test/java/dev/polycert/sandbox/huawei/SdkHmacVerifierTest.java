package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.FakeWorld.KEY_ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Recorded;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import dev.polycert.whole.judge.Capture;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkHmacVerifierTest {
  private static final String LIST = "/v3/scm/certificates";
  private static final String ONE = LIST + "/scs0000000000001";
  private final ScmCalls calls = new ScmCalls();
  private final FakeWorld world = calls.world;
  private final SdkHmacVerifier verifier = new SdkHmacVerifier(world, ScmEmulator.PROVIDER);

  /** Made by the vendor's own signer (core 3.1.143) with a pinned date. */
  private void accepts(
      String method,
      String path,
      String query,
      String body,
      String signature,
      Map<String, String> more) {
    world.wallClock(Instant.parse("2025-01-01T00:00:00Z"));
    var headers = new TreeMap<String, String>();
    headers.put("host", ScmCalls.HOST);
    headers.put("user-agent", "huaweicloud-usdk-java/3.0");
    headers.put("x-project-id", "0".repeat(32));
    headers.put("x-sdk-date", "20250101T000000Z");
    headers.putAll(more);
    headers.put(
        "authorization",
        "SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%s"
            .formatted(KEY_ID, String.join(";", headers.keySet()), signature));
    headers.put("content-type", "application/json");
    var request = new Request(method, path, query, headers, body.getBytes(UTF_8));
    assertThat(verifier.refusal(request)).isEmpty();
  }

  @Test
  void acceptsTheVendorsVectorForShow() {
    accepts(
        "GET",
        ONE,
        "",
        "",
        "33ac3b117ef649d74d3ef5067962f64703db9ae893a1541c22c48a6fefb88545",
        Map.of());
  }

  @Test
  void acceptsTheVendorsVectorForApplyWithToken() {
    world.token("fake-session-token");
    accepts(
        "POST",
        ONE + "/apply",
        "",
        "{\"domain\":\"www.example.com\",\"agree_privacy_protection\":true}",
        "15b0218c160734b2665cb87526b97c88e39cd6f5cd33e6f951c565c43c5d7f8b",
        Map.of("x-security-token", "fake-session-token"));
  }

  @Test
  void acceptsTheVendorsVectorForListWithPort() {
    accepts(
        "GET",
        LIST,
        "status=ISSUED&limit=10&offset=0",
        "",
        "baacb94a186e1a5d863cae48f1138a7a6e7c317bbedea32abcf6acc3d71fe0af",
        Map.of("host", "127.0.0.1:18081"));
  }

  @Test
  void acceptsTheVendorsVectorForTheOldPathAndUnescapedText() {
    accepts(
        "POST",
        "/v2/00000000000000000000000000000000/scm/cert/scs0000000000001/complete",
        "",
        "{\"domain\":\"www.example.com\",\"company_name\":\"公司\",\"agree_privacy_protection\":true}",
        "33b03d0dcb1736d2bd745d7fe5f8abf37ef2d7f03f00f6bce21b86a0b5730b59",
        Map.of());
  }

  static List<Capture> recorded() {
    return Capture.of(Capture.Vendor.HUAWEI);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void acceptsWhatTheVendorsSdkSent(Capture capture) {
    var request = Recorded.request(capture);
    var form = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    var date = LocalDateTime.parse(request.headers().get("x-sdk-date"), form);
    world.wallClock(date.toInstant(ZoneOffset.UTC));
    if (request.header("x-security-token") != null) {
      world.token("fake-session-token");
    }
    assertThat(verifier.refusal(request)).isEmpty();
  }

  private String reason(Request request) {
    return verifier.refusal(request).map(Refusal::message).orElse("accepted");
  }

  private static Request withHeader(Request request, String name, String value) {
    var headers = new TreeMap<>(request.headers());
    headers.put(name, value);
    return new Request(
        request.method(), request.path(), request.rawQuery(), headers, request.body());
  }

  private static Request withBody(Request request, String body) {
    return new Request(
        request.method(),
        request.path(),
        request.rawQuery(),
        request.headers(),
        body.getBytes(UTF_8));
  }

  @Test
  void refusesWithTheGatewaysCode() {
    var request = new Request("GET", LIST, "", calls.headers(), new byte[0]);
    var refusal = verifier.refusal(request).orElseThrow();
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.code()).isEqualTo("APIGW.0301");
    assertThat(refusal.message()).startsWith("Incorrect IAM authentication information: ");
  }

  @Test
  void refusesBodiesQueriesMethodsAndPathsThatWereNotSigned() {
    var request = calls.request("POST", LIST + "/buy", "{}");
    assertThat(reason(withBody(request, "{ }"))).endsWith("verify aksk signature fail");
    for (var changed :
        List.of(
            new Request("POST", LIST + "/buy", "a=b", request.headers(), request.body()),
            new Request("GET", LIST + "/buy", "", request.headers(), request.body()),
            new Request("POST", LIST + "/import", "", request.headers(), request.body()))) {
      assertThat(reason(changed)).endsWith("verify aksk signature fail");
    }
    assertThat(reason(request)).isEqualTo("accepted");
  }

  @Test
  void honoursADeclaredPayload() {
    var headers = calls.headers();
    headers.put("x-sdk-content-sha256", "UNSIGNED-PAYLOAD");
    assertThat(reason(ScmCalls.sign("POST", LIST + "/buy", headers, "{}"))).isEqualTo("accepted");
    headers.put("x-sdk-content-sha256", Digests.sha256("{}"));
    var hashed = ScmCalls.sign("POST", LIST + "/buy", headers, "{}");
    assertThat(reason(hashed)).isEqualTo("accepted");
    assertThat(reason(withBody(hashed, "{ }"))).endsWith("verify aksk signature fail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "x-sdk-date"})
  void insistsOnTheSigningOf(String header) {
    var headers = calls.headers();
    var value = headers.remove(header);
    var request = withHeader(ScmCalls.sign("GET", LIST, headers, ""), header, value);
    assertThat(reason(request)).endsWith("SignedHeaders must include host and x-sdk-date");
  }

  @Test
  void leavesOtherHeadersUnsigned() {
    var request = withHeader(calls.request("GET", LIST, ""), "user-agent", "a proxy's");
    assertThat(reason(request)).isEqualTo("accepted");
  }

  @Test
  void acceptsDatesWithinAQuarterOfAnHourEitherWay() {
    var now = world.wallClock();
    var request = calls.request("GET", LIST, "");
    world.wallClock(now.plus(Duration.ofMinutes(15)));
    assertThat(reason(request)).isEqualTo("accepted");
    world.wallClock(now.plus(Duration.ofMinutes(15)).plusSeconds(1));
    assertThat(reason(request)).endsWith("expired");
    world.wallClock(now.minus(Duration.ofMinutes(15)).minusSeconds(1));
    assertThat(reason(request)).endsWith("expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-11-21T12:00:00Z", "20261121T1200Z"})
  void refusesDatesOfAnotherForm(String date) {
    var headers = calls.headers();
    headers.put("x-sdk-date", date);
    assertThat(reason(ScmCalls.sign("GET", LIST, headers, "")))
        .endsWith("not of the form yyyyMMddTHHmmssZ");
  }

  @Test
  void knowsOnlyItsOwnKeysAndNoTokensOfIam() {
    var request = calls.request("GET", LIST, "");
    var authorization = request.headers().get("authorization");
    assertThat(reason(withHeader(request, "authorization", authorization.replace(KEY_ID, "OTHER"))))
        .endsWith("ak does not exist");
    assertThat(reason(withHeader(request, "authorization", authorization.replace(", ", ","))))
        .endsWith("malformed");
    var token = new Request("GET", LIST, "", Map.of("x-auth-token", "any"), new byte[0]);
    assertThat(reason(token)).endsWith("decrypt token fail");
  }

  @Test
  void wantsTheTokenThatBelongsToTheKey() {
    assertThat(reason(signedWithToken("any"))).endsWith("verify x-security-token fail");
    world.token("right");
    assertThat(reason(signedWithToken("wrong"))).endsWith("verify x-security-token fail");
    assertThat(reason(calls.request("GET", LIST, ""))).endsWith("verify x-security-token fail");
    assertThat(reason(signedWithToken("right"))).isEqualTo("accepted");
  }

  private Request signedWithToken(String token) {
    var headers = calls.headers();
    headers.put("x-security-token", token);
    return ScmCalls.sign("GET", LIST, headers, "");
  }
}
