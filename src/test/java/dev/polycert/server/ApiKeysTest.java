package dev.polycert.server;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.DeskDoors;
import dev.polycert.order.ApiKey;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.OrderId;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are made, used, refused and revoked over HTTP. */
class ApiKeysTest {
  private static final String FIRST = "fake-key-of-the-environment";
  private static final String APPLY =
      "{\"domains\": [\"www.example.com\"], \"providers\": [\"vendor\"]}";

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider keyless = new ScriptedProvider("keyless");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, keyless));
  private Server server;

  @BeforeEach
  void start() {
    vendor.export = exported("fake-private-key");
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    server =
        TestServer.open(10)
            .with("api-key", FIRST)
            .start(
                resources.vertx(),
                LaunchMode.TEST,
                DeskDoors.of(desk),
                List.of(),
                desk.pull,
                desk.accessKeys,
                TestServer.noTokens());
  }

  @Test
  void aKeyIsMadeUsedRefusedAndRevoked() {
    JsonNode made =
        json(call(FIRST, "POST", "/keys", "{\"name\": \"ci\", \"scopes\": [\"read\", \"apply\"]}"));
    String key = made.path("key").asText();

    assertThat(call(key, "POST", "/apply", APPLY).statusCode()).isEqualTo(200);
    assertThat(call(key, "GET", "/orders", "").body()).contains("www.example.com");
    HttpResponse<String> refused =
        call(key, "POST", "/keys", "{\"name\": \"more\", \"scopes\": [\"admin\"]}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("detail").asText())
        .isEqualTo("POST /keys needs the scope admin; your key has: apply, read.");

    String path = "/keys/" + made.path("id").asText();
    assertThat(json(call(FIRST, "DELETE", path, "")).path("revoked").asBoolean()).isTrue();
    assertThat(call(key, "GET", "/orders", "").statusCode()).isEqualTo(401);
    assertThat(json(call(FIRST, "DELETE", path, "")).path("revoked").asBoolean()).isFalse();
    assertThat(json(call(FIRST, "GET", "/keys", "")).path("keys")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/keys/zzz", "/keys/0000000000000000", "/pull-keys/0000000000000000"})
  void aKeyThatNeverWasCannotBeRevoked(String path) {
    HttpResponse<String> answer = call(FIRST, "DELETE", path, "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("detail").asText()).startsWith("There is no key ");
  }

  @Test
  void aRevokedPullKeyIsKnownAsSuch() {
    JsonNode made = json(call(FIRST, "POST", "/pull-keys", "{\"domain\": \"www.example.com\"}"));
    String path = "/pull-keys/" + made.path("id").asText();

    assertThat(json(call(FIRST, "DELETE", path, "")).path("revoked").asBoolean()).isTrue();
    assertThat(json(call(FIRST, "DELETE", path, "")).path("revoked").asBoolean()).isFalse();
    assertThat(json(call(FIRST, "GET", "/pull-keys", "")).path("keys")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'export-key'         | \"suffixes\": [\"example.com\"] | ''",
        "'read\",\"deliver' | \"suffixes\": [\"example.com\"] | scopes",
        "'read\",\"export-key' | \"suffixes\": [\"example.com\"] | ''",
        "'apply'              | \"accounts\": [\"vendor\"]      | ''",
        "'export-key'         | \"accounts\": [\"keyless\"]     | scopes",
        "'export-key'         | \"accounts\": [\"keyless\", \"vendor\"] | ''",
      })
  void aScopeThatCouldDoNothingWithinTheLimitsIsRefused(
      String scopes, String limits, String field) {
    keyless.capabilities = Set.of();
    HttpResponse<String> answer =
        call(
            FIRST,
            "POST",
            "/keys",
            "{\"name\": \"a\", \"scopes\": [\"%s\"], %s}".formatted(scopes, limits));

    assertThat(answer.statusCode()).isEqualTo(field.isEmpty() ? 200 : 400);
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void theHistorySaysWhoDidIt() {
    String key = key("\"name\": \"ci\", \"scopes\": [\"apply\", \"export-key\", \"read\"]");

    String order = json(call(key, "POST", "/apply", APPLY)).at("/entries/0/orderId").asText();
    call(
        FIRST,
        "POST",
        "/export",
        "{\"order\": \"%s\", \"includePrivateKey\": true}".formatted(order));
    desk.advance(Duration.ofDays(91));
    desk.renew();

    List<HistoryEntry> history = desk.history(new OrderId(order));
    assertThat(history)
        .filteredOn(entry -> !entry.why().startsWith("certificate exported"))
        .filteredOn(entry -> entry.at().equals(Desk.START))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.by()).matches("key ci \\([0-9a-f]{16}\\)"));
    assertThat(history)
        .filteredOn(entry -> entry.why().startsWith("certificate exported"))
        .extracting(HistoryEntry::by)
        .containsExactly("POLYCERT_API_KEY");
    assertThat(history.getLast().by()).as("the sweep's own work").isNull();
    assertThat(json(call(key, "GET", "/orders/" + order, "")).at("/history/0/by").asText())
        .startsWith("key ci (");
  }

  @Test
  void theListHasNoKeyAndTheBookOnlyTheHash() {
    String made = call(FIRST, "POST", "/keys", "{\"name\": \"ci\", \"scopes\": [\"read\"]}").body();
    String key = JsonHttp.read(made).path("key").asText();
    String secret = key.substring(key.lastIndexOf('_') + 1);

    JsonNode listed = json(call(FIRST, "GET", "/keys", "")).at("/keys/0");
    assertThat(listed.path("name").asText()).isEqualTo("ci");
    assertThat(listed.at("/scopes/0").asText()).isEqualTo("read");
    assertThat(listed.toString()).doesNotContain(secret).doesNotContain("hash");
    var kept = desk.accessKeys.all(ApiKey.class).await().indefinitely().getFirst();
    assertThat(kept.hash()).hasSize(64);
    assertThat(kept.toString()).doesNotContain(secret).doesNotContain(kept.hash());
  }

  @Test
  void bodiesAreReadWholeAfterAKeyIsLookedUp() {
    String key = key("\"name\": \"ci\", \"scopes\": [\"apply\"]");
    String padded = APPLY + " ".repeat(300_000);

    assertThat(call(key, "POST", "/apply", padded).statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongRequestForAKeyNamesEveryMistake() {
    JsonNode problem =
        json(
            call(
                FIRST,
                "POST",
                "/keys",
                "{\"scopes\": [\"write\"], \"suffixes\": [\"*.example.com\"],"
                    + " \"accounts\": [\"vendro\"]}"));

    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("name", "scopes[0]", "suffixes[0]", "accounts[0]");
    assertThat(
            call(
                    FIRST,
                    "POST",
                    "/keys",
                    "{\"name\": \"a\", \"scopes\": [\"admin\"], \"accounts\": [\"vendor\"]}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void guessingIsSlowedDown() {
    String unknown = "key_0000000000000000_" + "A".repeat(43);
    for (int i = 0; i < 10; i++) {
      assertThat(call(unknown, "GET", "/orders", "").statusCode()).isEqualTo(401);
    }
    assertThat(call(unknown, "GET", "/orders", "").statusCode()).isEqualTo(429);
    assertThat(call(FIRST, "GET", "/orders", "").statusCode()).isEqualTo(200);
  }

  @Test
  void behindAProxyTheAddressIsWhatItHasNotedLast() {
    server =
        TestServer.open(10)
            .with("api-key", FIRST)
            .with("address-header", "X-Forwarded-For")
            .start(resources.vertx(), LaunchMode.TEST, List.of());
    for (int i = 0; i < 10; i++) {
      assertThat(guess("10.0.0." + i + ", 192.0.2.7")).isEqualTo(401);
    }
    assertThat(guess("10.0.0.99,192.0.2.7")).isEqualTo(429);
    assertThat(guess("192.0.2.7, 192.0.2.8")).isEqualTo(401);
    assertThat(guess("unknown")).as("counts for the connection").isEqualTo(401);
  }

  /** Neither header could be taken without dropping what the other one says. */
  @Test
  void aRequestWithTwoDifferentKeysIsRefused() {
    String limited = key("\"name\": \"a\", \"scopes\": [\"read\"], \"accounts\": [\"vendor\"]");

    HttpResponse<String> refused = show("x-api-key", limited, "authorization", "Bearer " + FIRST);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("detail").asText()).contains("Authorization", "X-Api-Key");
    assertThat(show("x-api-key", FIRST, "x-api-key", limited).statusCode()).isEqualTo(400);
  }

  @Test
  void oneKeyInBothHeadersAndTheHeaderOfAProxyAreNoContradiction() {
    assertThat(show("x-api-key", FIRST, "authorization", "Bearer " + FIRST).statusCode())
        .isEqualTo(200);
    assertThat(show("x-api-key", FIRST, "authorization", "Basic cHJveHk6eA==").statusCode())
        .isEqualTo(200);
    assertThat(show("x-api-key", "", "authorization", "Bearer " + FIRST).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> show(String... headers) {
    return new JsonHttp(headers)
        .send("GET", URI.create("http://127.0.0.1:" + server.port() + "/orders"), "");
  }

  private int guess(String forwarded) {
    return new JsonHttp("x-api-key", "guess", "x-forwarded-for", forwarded)
        .send("GET", URI.create("http://127.0.0.1:" + server.port() + "/orders"), "")
        .statusCode();
  }

  @Test
  void aKeyThatCannotBeLookedUpIsNoWrongKey() {
    String key = key("\"name\": \"ci\", \"scopes\": [\"read\"]");
    desk.close();

    HttpResponse<String> answer = call(key, "GET", "/orders", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("5");
  }

  @Test
  void metricsAreForKeysThatReadEverything() {
    assertThat(
            call(key("\"name\": \"a\", \"scopes\": [\"read\"]"), "GET", "/metrics", "")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            call(key("\"name\": \"a\", \"scopes\": [\"apply\"]"), "GET", "/metrics", "")
                .statusCode())
        .isEqualTo(403);
    String limited =
        key("\"name\": \"a\", \"scopes\": [\"read\"], \"suffixes\": [\"example.com\"]");
    assertThat(call(limited, "GET", "/metrics", "").statusCode()).isEqualTo(403);
  }

  private String key(String members) {
    return json(call(FIRST, "POST", "/keys", "{" + members + "}")).path("key").asText();
  }

  private HttpResponse<String> call(String key, String method, String path, String body) {
    return new JsonHttp("authorization", "Bearer " + key)
        .send(method, URI.create("http://127.0.0.1:" + server.port() + path), body);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonHttp.read(response.body());
  }
}
