package dev.polycert.function.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.order.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRouterTest {

  @Test
  void anUnknownPathNamesTheRoutes() {
    HttpRouter.Reply reply = call("GET", "/nothing", Map.of(), "");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body())
        .contains("There is: POST /check-verification, POST /echo, GET /orders/{id}.");
  }

  @Test
  void theRootLinksToWhatThereIs() throws IOException {
    HttpRouter.Reply reply = call("GET", "/", Map.of("accept", "application/json"), "");

    assertThat(Parts.MAPPER.readTree(reply.body()))
        .isEqualTo(
            Parts.MAPPER.readTree(
                """
                {"description": "/openapi.json", "health": "/health", "metrics": "/metrics",
                 "events": "/events", "certificates": "/certificates/{order or domain}", "routes": [
                   {"method": "POST", "path": "/check-verification", "scope": "read"},
                   {"method": "POST", "path": "/echo", "scope": "read"},
                   {"method": "GET", "path": "/orders/{id}", "scope": "read"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /echo     | POST, OPTIONS",
        "HEAD   | /echo     | POST, OPTIONS",
        "DELETE | /orders/1 | GET, HEAD, OPTIONS",
        "POST   | /         | GET, HEAD, OPTIONS",
      })
  void aWrongMethodNamesTheRightOnes(String method, String path, String allow) {
    HttpRouter.Reply reply = call(method, path, Map.of(), "");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("allow", allow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"/echo | POST, OPTIONS", "/ | GET, HEAD, OPTIONS"})
  void optionsListTheMethods(String path, String allow) {
    HttpRouter.Reply reply = call("OPTIONS", path, Map.of(), "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers()).containsEntry("allow", allow);
  }

  /** POST /apply?dryRun=true would apply for certificates. */
  @Test
  void aPostWithAQueryIsRejectedByName() throws IOException {
    HttpRouter.Reply reply = send("POST", "/echo", Map.of("dryRun", "true", "a", "1"), "{}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(Parts.MAPPER.readTree(reply.body()).path("errors"))
        .isEqualTo(
            Parts.MAPPER.readTree(
                """
                [{"field": "a", "message": "a POST takes its members in the body"},
                 {"field": "dryRun", "message": "a POST takes its members in the body"}]
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | 200",
        "' '                  | 200",
        "{}                   | 200",
        "null                 | 200",
        "{\"id\":\"1\"}           | 200",
        "{\"id\":\"2\"}           | 400",
        "{\"state\":\"ISSUED\"} | 400",
        "limit=1              | 400",
      })
  void aGetWithABodyThatSaysSomethingIsRejected(String body, int status) {
    assertThat(send("GET", "/orders/1", Map.of(), body).status()).isEqualTo(status);
  }

  @Test
  void aMemberOfThePathCannotBeInTheQueryToo() {
    HttpRouter.Reply reply = send("GET", "/orders/1", Map.of("id", "2"), "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"id\"", "is in the path, and not in the query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/1", "/orders/1/", "/"})
  void headIsGetWithoutTheBody(String path) {
    HttpRouter.Reply reply = call("HEAD", path, Map.of(), "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/cloudevents+json",
        ""
      })
  void jsonInEverySpelling(String type) {
    assertThat(call("POST", "/echo", Map.of("content-type", type), "{}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void otherContentTypesAreRejected(String type) {
    assertThat(call("POST", "/echo", Map.of("content-type", type), "{}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "content-encoding, gzip, 415",
    "content-encoding, br, 415",
    "content-encoding, 'identity, gzip', 415",
    "content-encoding, identity, 200",
    "content-encoding, '', 200",
    "content-type, application/json; charset=utf-16, 415",
    "content-type, application/json; charset=ISO-8859-1, 415",
    "content-type, 'application/json; charset=\"UTF-8\"', 200",
    "content-type, application/json;charset=us-ascii, 200",
  })
  void onlyPlainUtf8IsRead(String header, String value, int status) {
    assertThat(call("POST", "/echo", Map.of(header, value), "{}").status()).isEqualTo(status);
  }

  @Test
  void theLargestBodyIsAcceptedAndOneByteMoreIsNot() {
    String largest = "{\"a\":\"" + "x".repeat(HttpRouter.Request.MAX_BODY - 8) + "\"}";

    assertThat(call("POST", "/echo", Map.of(), largest).status()).isEqualTo(200);
    assertThat(call("POST", "/echo", Map.of(), largest + " ").status()).isEqualTo(413);
  }

  /** CloudEvents HTTP binding 1.0.2, 3.1. */
  @Test
  void anEventInBinaryModeIsItsHeadersAndItsBody() {
    Map<String, String> headers =
        Map.of("ce-specversion", "1.0", "ce-type", "t", "ce-source", "s", "ce-id", "1");

    assertThat(call("POST", "/echo", headers, "{\"a\":1}").body()).contains("\"echo\":{\"a\":1}");
    assertThat(call("POST", "/echo", headers, "\"{\\\"a\\\":1}\"").body())
        .as("data that is a text with JSON in it")
        .contains("\"echo\":{\"a\":1}");
  }

  @Test
  void theStructuredModeTakesPrecedence() {
    Map<String, String> headers =
        Map.of(
            "content-type", "application/cloudevents+json", "ce-specversion", "1.0", "ce-id", "1");
    String event = "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"s\",\"data\":{\"a\":1}}";

    assertThat(call("POST", "/echo", headers, event).body()).contains("\"echo\":{\"a\":1}");
  }

  /** CloudEvents JSON format 1.0.2, 4: what is wrong with one changes nothing for the others. */
  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/json"})
  void eachEventOfABatchHasItsOwnAnswerOrItsOwnProblem(String type) throws IOException {
    String batch =
        "[%s, %s, null, {\"specversion\":\"1.0\",\"id\":\"2\"}, %s, %s, %s]"
            .formatted(
                event("\"data\":\"{not json\""),
                event("\"data_base64\":\"%%%\""),
                event("\"data\":{\"a\":1}"),
                event("\"data\":{\"fail\":\"conflict\"}"),
                event("\"data\":{\"a\":1}"));

    HttpRouter.Reply reply = call("POST", "/echo", Map.of("content-type", type), batch);

    assertThat(reply.status()).isEqualTo(200);
    JsonNode results = Parts.MAPPER.readTree(reply.body()).path("results");
    assertThat(results).hasSize(7);
    assertThat(results.valueStream().limit(6).map(it -> it.path("status").intValue()))
        .containsExactly(400, 400, 400, 400, 0, 409);
    assertThat(results.at("/0/detail").asText()).contains("line 1");
    assertThat(results.at("/3/detail").asText()).contains("This is no event");
    assertThat(results.at("/4/echo/a").intValue()).isEqualTo(1);
    assertThat(results.at("/6/sameAs").intValue()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[] | []", "[7] | [400]"})
  void theMediaTypeOfABatchMakesAnyArrayABatch(String batch, String statuses) throws IOException {
    Map<String, String> headers = Map.of("content-type", "application/cloudevents-batch+json");

    HttpRouter.Reply reply = call("POST", "/echo", headers, batch);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(
            Parts.MAPPER
                .readTree(reply.body())
                .path("results")
                .valueStream()
                .map(it -> it.path("status").intValue())
                .toList())
        .hasToString(statuses);
  }

  private static String event(String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\"," + data + "}";
  }

  @ParameterizedTest
  @CsvSource({"%, has a broken percent escape", "'', is missing"})
  void aHeaderOfAnEventThatCannotBeReadIsNamed(String source, String message) {
    Map<String, String> headers =
        Map.of("ce-specversion", "1.0", "ce-type", "t", "ce-source", source);

    HttpRouter.Reply reply = call("POST", "/echo", headers, "{}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"ce-source\"", message);
  }

  @Test
  void theTextsOfHeadersAreUnquotedAndUnescaped() {
    HttpRouter.Request request =
        new HttpRouter.Request(
            "POST",
            "/echo",
            Map.of(
                "ce-specversion", "1.0",
                "ce-type", "\"a \\\"b\\\"\"",
                "ce-source", "/caf%C3%A9+1"),
            Map.of(),
            null);

    assertThat(BinaryEvent.read(request, new byte[] {'1'}))
        .extracting(Event::type, Event::source)
        .containsExactly("a \"b\"", "/café+1");
  }

  @Test
  void theAnswerToALateRequestSaysThatTheWorkGoesOn() {
    HttpRouter.Reply reply =
        call("POST", "/echo", Map.of(), "{\"fail\":\"late\"}", Parts.NOW.minusMillis(2_990));

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(reply.body()).contains("no answer of echo in time", "sends nothing twice");
  }

  private static HttpRouter.Reply call(
      String method, String path, Map<String, String> headers, String body) {
    return call(method, path, headers, body, Parts.NOW.plusSeconds(25));
  }

  private static HttpRouter.Reply call(
      String method, String path, Map<String, String> headers, String body, Instant deadline) {
    return call(method, path, headers, Map.of(), body, deadline);
  }

  private static HttpRouter.Reply send(
      String method, String path, Map<String, String> query, String body) {
    return call(method, path, Map.of(), query, body, Parts.NOW.plusSeconds(25));
  }

  private static HttpRouter.Reply call(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> query,
      String body,
      Instant deadline) {
    HttpRouter.Request request =
        new HttpRouter.Request(method, path, headers, query, body.getBytes(StandardCharsets.UTF_8));
    return Parts.router()
        .answer(List.of(new EchoOperation()), request, Principal.PROCESS, deadline)
        .await()
        .indefinitely();
  }
}
