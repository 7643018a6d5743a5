package dev.polycert.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.HttpAnswer;
import dev.polycert.testing.HttpCall;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The sandbox starts with the process, knows its vendors and the access keys of the process. */
@QuarkusTest
class SandboxStartTest {
  @Inject SandboxServer server;

  @Test
  void bringsRequestsToTheVendorsThatTheyAreFor() {
    HttpAnswer answer =
        call()
            .header("X-TC-Action", "DescribeZones")
            .header("X-TC-Version", "2022-09-01")
            .post("/")
            .require(200);
    assertThat(answer.json().text("Response.Error.Code")).isEqualTo("MissingParameter");
    HttpAnswer bought =
        call().body("{\"domain\":\"example.com\"}").post("/_sandbox/tencent-ssl/paid").require(200);
    assertThat(bought.json().text("certificateId")).isNotEmpty();
  }

  private HttpCall call() {
    return new HttpCall("http://127.0.0.1:" + server.port());
  }

  @Test
  void knowsTheAccessKeysThatTheProcessIsConfiguredWith() {
    assertThat(refusal("FAKEAKEXAMPLE0000000")).isEqualTo("AuthFailure.SignatureFailure");
    assertThat(refusal("FAKEAKEXAMPLE0000001")).isEqualTo("AuthFailure.SecretIdNotFound");
  }

  private String refusal(String accessKey) {
    return call()
        .header("X-TC-Action", "DescribeCertificates")
        .header("X-TC-Version", "2019-12-05")
        .header("X-TC-Timestamp", "" + System.currentTimeMillis() / 1000)
        .header(
            "Authorization",
            "TC3-HMAC-SHA256 Credential=%s/2026-01-01/ssl/tc3_request, ".formatted(accessKey)
                + "SignedHeaders=content-type;host, Signature="
                + "0".repeat(64))
        .post("/")
        .json()
        .text("Response.Error.Code");
  }
}
