package dev.polycert.sandbox.alibaba;

import static dev.polycert.sandbox.FakeWorld.KEY_ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Recorded;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.whole.judge.Capture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Acs3VerifierTest {
  private static final String EMPTY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private final EsaCalls calls = new EsaCalls();
  private final FakeWorld world = calls.world;
  private final Acs3Verifier verifier = new Acs3Verifier(world, EsaEmulator.PROVIDER);

  /** Made by the vendor's own signer (openapiutil 0.2.2) with a pinned date and nonce. */
  private static Request vector(
      String method, String query, String action, String signature, Map<String, String> more) {
    var headers = new TreeMap<String, String>();
    headers.put("host", EsaCalls.HOST);
    headers.put("x-acs-action", action);
    headers.put("x-acs-content-sha256", EMPTY_HASH);
    headers.put("x-acs-date", "2025-01-01T00:00:00Z");
    headers.put("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef");
    headers.put("x-acs-version", "2024-09-10");
    headers.putAll(more);
    headers.put(
        "authorization",
        "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
            .formatted(KEY_ID, String.join(";", headers.keySet()), signature));
    return new Request(method, "/", query, headers, new byte[0]);
  }

  private static Request withBody(Request request, String body) {
    return new Request(
        request.method(), "/", request.rawQuery(), request.headers(), body.getBytes(UTF_8));
  }

  private static Request withHeader(Request request, String name, String value) {
    var headers = new TreeMap<>(request.headers());
    headers.put(name, value);
    return new Request(request.method(), "/", request.rawQuery(), headers, request.body());
  }

  private String code(Request request) {
    return verifier.refusal(request).map(Refusal::code).orElse("accepted");
  }

  @Test
  void acceptsTheVendorsVectors() {
    world.wallClock(Instant.parse("2025-01-01T00:00:00Z"));
    var apply =
        vector(
            "POST",
            "Type=lets_encrypt&Domains=www.example.com%2C*.example.com&SiteId=1234567890123",
            "ApplyCertificate",
            "d3719a7aedb61adf150628addc79f06050dee0eb0919bf92eac8fcbc9f3b8295",
            Map.of());
    assertThat(verifier.refusal(apply)).isEmpty();
  }

  @Test
  void encodesTheQueryAnewHoweverItCame() {
    world.wallClock(Instant.parse("2025-01-01T00:00:00Z"));
    var list =
        vector(
            "GET",
            "SiteName=a+b~c*d%2Fe%2Bf&PageNumber=1",
            "ListSites",
            "1f6f46bfe1f22eff96f81af251b7bc294131b862daa193cd195211707dc503cf",
            Map.of());
    assertThat(verifier.refusal(list)).isEmpty();
  }

  @Test
  void acceptsTheVendorsVectorWithFormAndToken() {
    world.wallClock(Instant.parse("2025-01-01T00:00:00Z"));
    world.token("fake-session-token");
    var set =
        vector(
            "POST",
            "",
            "SetCertificate",
            "a686a4b3608684800f789c5038728b7747d419560c191b581f23d7cfd16837d5",
            Map.of(
                "content-type", "application/x-www-form-urlencoded",
                "x-acs-accesskey-id", KEY_ID,
                "x-acs-security-token", "fake-session-token",
                "x-acs-content-sha256",
                    "c0b8804e1f80084eaf8d026282ef438d854b5631c1944fb40037abc091358c29"));
    var body = "SiteId=1234567890123&Type=cas&CasId=30001303&Name=demo+cert";
    assertThat(verifier.refusal(withBody(set, body))).isEmpty();
    assertThat(code(withBody(set, body + "x"))).isEqualTo("SignatureDoesNotMatch");
  }

  static List<Capture> recorded() {
    return Capture.of(Capture.Vendor.ALIBABA);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void acceptsWhatTheVendorsSdkSent(Capture capture) {
    var request = Recorded.request(capture);
    world.wallClock(Instant.parse(request.headers().get("x-acs-date")));
    if (request.header("x-acs-security-token") != null) {
      world.token("fake-session-token");
    }
    assertThat(verifier.refusal(request)).isEmpty();
  }

  @Test
  void refusesAnotherSecretsSignature() {
    var request = calls.request("POST", "ListSites", Map.of("SiteName", "example.com"));
    var forged =
        request.headers().get("authorization").replaceFirst("Signature=.{4}", "Signature=dead");
    var refusal = verifier.refusal(withHeader(request, "authorization", forged)).orElseThrow();
    assertThat(refusal.code()).isEqualTo("SignatureDoesNotMatch");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.message()).contains("ACS3-HMAC-SHA256\n").doesNotContain(FakeWorld.SECRET);
  }

  @Test
  void refusesAQueryThatWasNotSigned() {
    var request = calls.request("POST", "ListSites", Map.of("SiteName", "example.com"));
    var changed = new Request("POST", "/", "SiteName=example.org", request.headers(), new byte[0]);
    assertThat(code(changed)).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void refusesAMethodThatWasNotSigned() {
    var request = calls.request("POST", "ListSites", Map.of());
    var changed = new Request("GET", "/", "", request.headers(), new byte[0]);
    assertThat(code(changed)).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void refusesABodyOtherThanTheHashedOne() {
    var request = calls.request("POST", "ListSites", Map.of());
    assertThat(code(withBody(request, "x"))).isEqualTo("SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-acs-credentials-provider", "content-type"})
  void insistsOnTheSigningOf(String header) {
    var request = withHeader(calls.request("POST", "ListSites", Map.of()), header, "any");
    assertThat(code(request)).isEqualTo("IncompleteSignature");
  }

  @Test
  void insistsOnTheSigningOfTheHost() {
    var headers = calls.headers("ListSites");
    headers.remove("host");
    var request = EsaCalls.sign("POST", "", headers, new byte[0]);
    assertThat(code(withHeader(request, "host", EsaCalls.HOST))).isEqualTo("IncompleteSignature");
  }

  @Test
  void leavesOtherHeadersUnsigned() {
    var request = calls.request("POST", "ListSites", Map.of());
    assertThat(code(withHeader(request, "user-agent", "any"))).isEqualTo("accepted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic dXNlcg==",
        "ACS3-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=c"
      })
  void refusesOtherAuthorization(String value) {
    var request = calls.request("POST", "ListSites", Map.of());
    assertThat(code(withHeader(request, "authorization", value))).isEqualTo("IncompleteSignature");
  }

  @Test
  void knowsOnlyItsOwnKeys() {
    var request = calls.request("POST", "ListSites", Map.of());
    var other = request.headers().get("authorization").replace(KEY_ID, "UNKNOWN");
    assertThat(verifier.refusal(withHeader(request, "authorization", other)))
        .contains(
            new Refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."));
  }

  @Test
  void acceptsDatesWithinAQuarterOfAnHourEitherWay() {
    var now = world.wallClock();
    var request = calls.request("POST", "ListSites", Map.of());
    world.wallClock(now.plus(Duration.ofMinutes(15)));
    assertThat(code(request)).isEqualTo("accepted");
    world.wallClock(now.plus(Duration.ofMinutes(15)).plusSeconds(1));
    assertThat(code(request)).isEqualTo("InvalidTimeStamp.Expired");
    world.wallClock(now.minus(Duration.ofMinutes(15)).minusSeconds(1));
    assertThat(code(request)).isEqualTo("InvalidTimeStamp.Expired");
  }

  @Test
  void judgesDatesByTheCallersClock() {
    var request = calls.request("POST", "ListSites", Map.of());
    world.advance(Duration.ofDays(60));
    assertThat(code(request)).isEqualTo("accepted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20261121T120000Z", "2026-11-21T12:00:00+00:00", "2026-13-41T12:00:00Z", "now"})
  void refusesDatesOfAnotherForm(String date) {
    var headers = calls.headers("ListSites");
    headers.put("x-acs-date", date);
    assertThat(code(EsaCalls.sign("POST", "", headers, new byte[0])))
        .isEqualTo("InvalidTimeStamp.Format");
  }

  @Test
  void wantsADate() {
    var headers = calls.headers("ListSites");
    headers.remove("x-acs-date");
    assertThat(code(EsaCalls.sign("POST", "", headers, new byte[0]))).isEqualTo("MissingTimestamp");
  }

  @Test
  void takesANonceOnce() {
    var request = calls.request("POST", "ListSites", Map.of());
    assertThat(code(request)).isEqualTo("accepted");
    assertThat(code(request)).isEqualTo("SignatureNonceUsed");
  }

  @Test
  void burnsNoNonceOnAForgedRequest() {
    var request = calls.request("POST", "ListSites", Map.of());
    code(withBody(request, "forged"));
    assertThat(code(request)).isEqualTo("accepted");
  }

  @Test
  void wantsTheTokenThatBelongsToTheKey() {
    world.token("right");
    assertThat(code(calls.request("POST", "ListSites", Map.of())))
        .isEqualTo("MissingSecurityToken");
    assertThat(code(signedWithToken("wrong")))
        .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
    assertThat(code(signedWithToken("right"))).isEqualTo("accepted");
  }

  @Test
  void wantsNoTokenOfAPermanentKey() {
    assertThat(code(signedWithToken("any")))
        .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
  }

  private Request signedWithToken(String token) {
    var headers = calls.headers("ListSites");
    headers.put("x-acs-accesskey-id", KEY_ID);
    headers.put("x-acs-security-token", token);
    return EsaCalls.sign("POST", "", headers, new byte[0]);
  }
}
