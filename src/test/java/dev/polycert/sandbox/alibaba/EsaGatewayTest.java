package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.VendorEmulator.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EsaGatewayTest {
  private final EsaCalls calls = new EsaCalls();
  private final EsaEmulator emulator = calls.emulator;

  @Test
  void takesRequestsByTheirAction() {
    assertThat(emulator.accepts(calls.request("POST", "ListSites", Map.of()))).isTrue();
    var other = new Request("POST", "/", "", Map.of("x-tc-action", "x"), new byte[0]);
    assertThat(emulator.accepts(other)).isFalse();
  }

  @Test
  void putsAllOfAnErrorIntoTheVendorsEnvelope() {
    var reply = emulator.handle(calls.request("POST", "ApplyCertificate", Map.of()));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json;charset=utf-8");
    var error = EsaCalls.json(reply);
    assertThat(error.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("RequestId", "HostId", "Code", "Message", "Recommend");
    assertThat(error.get("RequestId").asText())
        .matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
        .isEqualTo(reply.headers().get("x-acs-request-id"));
    assertThat(error.get("HostId").asText()).isEqualTo(EsaCalls.HOST);
    assertThat(error.get("Message").asText())
        .isEqualTo("Required parameter SiteId missing. Specify SiteId and try again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void servesBothMethodsThatTheVendorHadInOneVersion(String method) {
    assertThat(emulator.handle(calls.request(method, "ListSites", Map.of())).status())
        .isEqualTo(200);
  }

  @Test
  void refusesOtherMethods() {
    assertThat(EsaCalls.refusal(emulator.handle(calls.request("PUT", "ListSites", Map.of()))))
        .isEqualTo("403 UnsupportedHTTPMethod");
  }

  @Test
  void refusesOtherActionsAndVersions() {
    assertThat(calls.refusal("CreateCertificate", Map.of()))
        .isEqualTo("404 InvalidAction.NotFound");
    var headers = calls.headers("ListSites");
    headers.put("x-acs-version", "2020-01-01");
    assertThat(EsaCalls.refusal(emulator.handle(EsaCalls.sign("POST", "", headers, new byte[0]))))
        .isEqualTo("400 InvalidVersion");
  }

  @Test
  void refusesWhatIsNotSigned() {
    var headers = calls.headers("ListSites");
    var request = new Request("POST", "/", "", headers, new byte[0]);
    assertThat(EsaCalls.refusal(emulator.handle(request))).isEqualTo("400 IncompleteSignature");
  }

  @Test
  void throttlesWithHttp400() {
    calls.world.permits(false);
    assertThat(calls.refusal("ListSites", Map.of())).isEqualTo("400 Throttling.User");
  }

  @Test
  void failsInsideWithHttp400() {
    var reply = emulator.internalError(calls.request("POST", "ListSites", Map.of()));
    assertThat(EsaCalls.refusal(reply)).isEqualTo("400 InternalException");
  }
}
