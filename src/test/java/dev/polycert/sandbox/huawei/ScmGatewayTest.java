package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.huawei.ScmCalls.CERTIFICATES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.VendorEmulator.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScmGatewayTest {
  private final ScmCalls calls = new ScmCalls();
  private final ScmEmulator emulator = calls.emulator;

  private static Request unsigned(String path) {
    return new Request("GET", path, "", Map.of(), new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v3/scm/certificates", "/v3/scm/nothing", "/v2/p/scm/cert/x/complete"})
  void takesRequestsByTheirPath(String path) {
    assertThat(emulator.accepts(unsigned(path))).isTrue();
  }

  @Test
  void takesRequestsByTheirAlgorithmAndNoOthers() {
    var signed = Map.of("authorization", "SDK-HMAC-SHA256 Access=a");
    assertThat(emulator.reads(new Request("GET", "/x", "", signed, new byte[0]))).isTrue();
    for (var path : List.of("/v3/scmx", "/")) {
      assertThat(emulator.accepts(unsigned(path)) || emulator.reads(unsigned(path))).isFalse();
    }
  }

  @Test
  void knowsNoOtherApi() {
    var reply = emulator.handle(calls.request("GET", "/v3/scm/nothing", ""));
    assertThat(ScmCalls.refusal(reply)).isEqualTo("404 APIGW.0101");
    assertThat(calls.refusal("PUT", CERTIFICATES, "")).isEqualTo("404 APIGW.0101");
  }

  @Test
  void namesTheRequestInTheGatewaysErrorsAndInEveryHeader() {
    var gateway = emulator.handle(unsigned(CERTIFICATES));
    assertThat(ScmCalls.json(gateway).get("request_id").asText())
        .matches("[0-9a-f]{32}")
        .isEqualTo(gateway.headers().get("X-Request-Id"));
    var scm = emulator.handle(calls.request("GET", CERTIFICATES + "/short", ""));
    assertThat(ScmCalls.json(scm).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("error_code", "error_msg");
    assertThat(scm.headers()).containsKey("X-Request-Id");
    var good = emulator.handle(calls.request("GET", CERTIFICATES, ""));
    assertThat(good.headers()).containsKey("X-Request-Id");
  }

  @Test
  void throttlesWithLimitAndPeriod() {
    calls.world.permits(false);
    var reply = emulator.handle(calls.request("GET", CERTIFICATES, ""));
    assertThat(ScmCalls.refusal(reply)).isEqualTo("429 APIGW.0308");
    assertThat(ScmCalls.json(reply).get("error_msg").asText()).contains("limit:20,time:1 second");
  }

  @Test
  void failsInside() {
    assertThat(ScmCalls.refusal(emulator.internalError(unsigned(CERTIFICATES))))
        .isEqualTo("500 APIGW.0601");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /v3/scm/certificates,                               ListCertificates",
    "POST,   /v3/scm/certificates/buy,                           SubscribeCertificate",
    "GET,    /v3/scm/certificates/scs0000000000001,              ShowCertificate",
    "POST,   /v3/scm/certificates/scs0000000000001/apply,        ApplyCertificate",
    "POST,   /v2/0/scm/cert/scs0000000000001/complete,           CompleteCertificate",
    "DELETE, /v3/scm/certificates/scs0000000000001/unsubscribe,  UnsubscribeCertificate"
  })
  void namesOperationsAsTheVendorDoes(String method, String path, String operation) {
    var request = new Request(method, path, "", Map.of(), new byte[0]);
    assertThat(emulator.operation(request)).isEqualTo(operation);
  }
}
