package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Calls the emulated Tencent as a client does. */
record Tencent(RunningSandbox sandbox, String version) {
  static final Map<String, String> CREDENTIALS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", Tc3.SSL.accessKey(),
          "TENCENTCLOUD_SECRET_KEY", Tc3.SSL.secretKey());

  /** Calls and expects success. */
  JsonObject call(String action, String body) {
    JsonObject response = answer(action, body);
    if (response.containsKey("Error")) {
      throw new AssertionError(action + ": " + response.encode());
    }
    return response;
  }

  /** Calls and expects an error. */
  String error(String action, String body) {
    JsonObject error = answer(action, body).getJsonObject("Error");
    return error == null ? "none" : error.getString("Code");
  }

  JsonObject answer(String action, String body) {
    return response(sandbox.send(request(action, body)));
  }

  static JsonObject response(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError("HTTP " + response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body()).getJsonObject("Response");
  }

  HttpRequest request(String action, String body) {
    return request(action, body, Tc3.SSL, Instant.now(), headers -> headers);
  }

  HttpRequest request(
      String action,
      String body,
      Tc3 signer,
      Instant time,
      UnaryOperator<HttpRequest.Builder> more) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(sandbox.uri("/"))
            .header("Content-Type", Tc3.CONTENT_TYPE)
            .header("X-TC-Action", action)
            .header("X-TC-Version", version)
            .header("X-TC-Timestamp", String.valueOf(time.getEpochSecond()))
            .header(
                "Authorization", signer.authorization(sandbox.uri("/").getAuthority(), time, bytes))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    return more.apply(builder).build();
  }
}
