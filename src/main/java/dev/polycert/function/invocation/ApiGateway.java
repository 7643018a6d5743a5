package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * API Gateway's HTTP API, payload format 2.0. Members that would be empty are absent; header names
 * are lower case, repeated headers and query values joined with commas.
 */
final class ApiGateway {

  private ApiGateway() {}

  /**
   * Reads an event.
   *
   * @throws InvalidInput when the body is said to be Base64 and is not
   */
  static HttpCall call(JsonNode event) {
    JsonNode http = event.at("/requestContext/http");
    return new HttpCall(
        http.path("method").asText("GET").toUpperCase(Locale.ROOT),
        path(event),
        texts(event.path("headers"), true),
        texts(event.path("queryStringParameters"), false),
        body(event));
  }

  /** Writes an answer. */
  static JsonNode reply(HttpReply reply) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("statusCode", reply.status());
    ObjectNode headers = answer.putObject("headers");
    reply.headers().forEach(headers::put);
    answer.put("body", reply.body() == null ? "" : reply.body());
    return answer.put("isBase64Encoded", false);
  }

  /** With a stage that has a name, {@code rawPath} begins with it. */
  private static String path(JsonNode event) {
    String path = event.path("rawPath").asText("/");
    String stage = "/" + event.at("/requestContext/stage").asText("$default");
    boolean prefixed = path.equals(stage) || path.startsWith(stage + "/");
    return prefixed ? path.substring(stage.length()) : path;
  }

  private static Map<String, String> texts(JsonNode object, boolean lowerCase) {
    Map<String, String> texts = new HashMap<>();
    object
        .properties()
        .forEach(
            member ->
                texts.put(
                    lowerCase ? member.getKey().toLowerCase(Locale.ROOT) : member.getKey(),
                    member.getValue().asText()));
    return texts;
  }

  private static byte[] body(JsonNode event) {
    String body = event.path("body").asText("");
    return event.path("isBase64Encoded").asBoolean()
        ? Trigger.decode(body, "body")
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
