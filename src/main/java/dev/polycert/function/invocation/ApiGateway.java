package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.Forbidden;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Principal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * API Gateway's HTTP API, payload format 2.0. Members that would be empty are absent; header names
 * are lower case; repeated headers and query values are joined with commas.
 */
final class ApiGateway {
  /** A claim that is a list arrives as one text: {@code [a b]}. */
  private static final Pattern LIST = Pattern.compile("(?s)^\\[(.*)]$");

  private ApiGateway() {}

  /**
   * Reads an event.
   *
   * @throws InvalidInput when the body is no text, or is declared as Base64 and is not, or when the
   *     query has a name more than once
   */
  static HttpRouter.Request request(JsonNode event) {
    HttpRouter.repeated(event.path("rawQueryString").textValue())
        .ifPresent(
            name -> {
              throw InvalidInput.of(name, "is given more than once");
            });
    JsonNode http = event.at("/requestContext/http");
    return new HttpRouter.Request(
        http.path("method").asText("GET").toUpperCase(Locale.ROOT),
        path(event),
        texts(event.path("headers"), true),
        texts(event.path("queryStringParameters"), false),
        body(event));
  }

  /**
   * The caller that API Gateway let in: the ARN of an AWS identity, which may do everything, or the
   * subject of a token, with the rights of its claims. Where no claim is named, such a caller may
   * do everything too.
   *
   * @throws Forbidden when claims are named, and those of the token do not make a caller
   */
  static Principal caller(JsonNode event, Claims claims) {
    JsonNode authorizer = event.at("/requestContext/authorizer");
    JsonNode arn = authorizer.at("/iam/userArn");
    if (arn.isTextual()) {
      return Principal.administrator(arn.textValue());
    }
    Map<String, String> shown = new HashMap<>();
    authorizer
        .at("/jwt/claims")
        .properties()
        .forEach(
            claim ->
                shown.put(
                    claim.getKey(), LIST.matcher(claim.getValue().asText()).replaceFirst("$1")));
    if (claims.named()) {
      return claims
          .principal(shown)
          .orElseThrow(() -> Forbidden.whole("Your token lacks a claim that Polycert needs."));
    }
    String subject = shown.get("sub");
    return subject == null ? Principal.PROCESS : Principal.administrator("subject " + subject);
  }

  /** Writes a response. */
  static JsonNode reply(HttpRouter.Reply reply) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("statusCode", reply.status());
    ObjectNode headers = answer.putObject("headers");
    reply.headers().forEach(headers::put);
    answer.put("body", reply.body() == null ? "" : reply.body());
    return answer.put("isBase64Encoded", false);
  }

  /** The path without the stage; {@code rawPath} begins with the name of a stage that has one. */
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
    JsonNode given = event.path("body");
    if (!given.isTextual() && !given.isMissingNode() && !given.isNull()) {
      throw InvalidInput.of("body", "expected a string that holds the body");
    }
    String body = given.asText("");
    return event.path("isBase64Encoded").asBoolean()
        ? Trigger.decode(body, "body")
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
