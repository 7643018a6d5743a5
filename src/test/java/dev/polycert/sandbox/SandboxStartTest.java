package dev.polycert.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The sandbox starts with the process, knows its vendors and the access keys of the process. */
@QuarkusTest
class SandboxStartTest {
  @Inject SandboxServer server;

  @Test
  void bringsRequestsToTheVendorsThatTheyAreFor() {
    given()
        .port(server.port())
        .header("X-TC-Action", "DescribeZones")
        .header("X-TC-Version", "2022-09-01")
        .post("/")
        .then()
        .statusCode(200)
        .body("Response.Error.Code", equalTo("MissingParameter"));
    given()
        .port(server.port())
        .body("{\"domain\":\"example.com\"}")
        .post("/_sandbox/tencent-ssl/paid")
        .then()
        .statusCode(200)
        .body("$", hasKey("certificateId"));
  }

  @Test
  void knowsTheAccessKeysThatTheProcessIsConfiguredWith() {
    String unknown =
        "TC3-HMAC-SHA256 Credential=%s/2026-01-01/ssl/tc3_request, "
            + "SignedHeaders=content-type;host, Signature="
            + "0".repeat(64);

    given()
        .port(server.port())
        .header("X-TC-Action", "DescribeCertificates")
        .header("X-TC-Version", "2019-12-05")
        .header("X-TC-Timestamp", System.currentTimeMillis() / 1000)
        .header("Authorization", unknown.formatted("FAKEAKEXAMPLE0000000"))
        .post("/")
        .then()
        .body("Response.Error.Code", equalTo("AuthFailure.SignatureFailure"));
    given()
        .port(server.port())
        .header("X-TC-Action", "DescribeCertificates")
        .header("X-TC-Version", "2019-12-05")
        .header("X-TC-Timestamp", System.currentTimeMillis() / 1000)
        .header("Authorization", unknown.formatted("FAKEAKEXAMPLE0000001"))
        .post("/")
        .then()
        .body("Response.Error.Code", equalTo("AuthFailure.SecretIdNotFound"));
  }
}
