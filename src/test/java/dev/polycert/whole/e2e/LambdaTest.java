package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.testing.HttpCall;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Ports;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job through the event loop of a Lambda, as API Gateway calls it. */
@QuarkusTest
class LambdaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeEach
  void reset() {
    Api.reset();
  }

  @Test
  void anApiGatewayEventIsAppliedForAndAnsweredAsApiGatewayExpects()
      throws JsonProcessingException {
    JsonTree answer = invoke(event(Api.application(List.of("lambda.example.org"))));

    assertThat(answer.number("statusCode")).isEqualTo(200);
    assertThat(answer.flag("isBase64Encoded")).isFalse();
    JsonTree body = JsonTree.of(answer.text("body"));
    assertThat(body.list("entries.state")).containsOnly("PENDING_VALIDATION").hasSize(4);
    assertThat(body.list("entries.provider")).isEqualTo(Api.PROVIDERS);
  }

  @Test
  void aBadEventIsAnsweredAsAProblem() throws JsonProcessingException {
    JsonTree answer = invoke(event(Map.of("domains", List.of(), "dryrun", true)));

    assertThat(answer.number("statusCode")).isEqualTo(400);
    assertThat(answer.text("headers.content-type")).isEqualTo("application/problem+json");
    assertThat(JsonTree.of(answer.text("body")).<String>list("errors.message"))
        .anySatisfy(message -> assertThat(message).contains("dryRun"));
  }

  private static JsonTree invoke(Map<String, Object> event) {
    return new HttpCall(Ports.lambda()).body(event).post("/").json();
  }

  private static Map<String, Object> event(Map<String, Object> request)
      throws JsonProcessingException {
    byte[] body = JSON.writeValueAsString(request).getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "version",
        "2.0",
        "routeKey",
        "POST /apply",
        "rawPath",
        "/prod/apply",
        "headers",
        Map.of("content-type", "application/json"),
        "requestContext",
        Map.of("stage", "prod", "http", Map.of("method", "POST", "path", "/prod/apply")),
        "body",
        Base64.getEncoder().encodeToString(body),
        "isBase64Encoded",
        true);
  }
}
