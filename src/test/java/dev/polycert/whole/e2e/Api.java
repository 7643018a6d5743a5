package dev.polycert.whole.e2e;

import static io.restassured.RestAssured.given;

import dev.polycert.openapi.Described;
import dev.polycert.testing.Ports;
import dev.polycert.testing.Services;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Polycert's HTTP API and the sandbox's control API, as a client sees them. */
final class Api {
  /** Those that "all providers" of a request are in the sandbox, in the order of answers. */
  static final List<String> PROVIDERS = Services.sandboxProviders();

  /** Every answer is as the API is described. */
  private static final Described DESCRIBED = Described.served();

  private Api() {}

  static RequestSpecification polycert() {
    return given().filter(DESCRIBED).baseUri(Ports.polycert()).contentType(ContentType.JSON);
  }

  static RequestSpecification sandbox() {
    return given().baseUri(Ports.sandbox()).basePath("/_sandbox").contentType("application/json");
  }

  /** A request for these domains at every provider, with what Huawei Cloud needs to know. */
  static Map<String, Object> application(List<String> domains) {
    Map<String, Object> request = new HashMap<>();
    request.put("domains", domains);
    request.put(
        "information",
        Map.of(
            "administrator",
            Map.of("name", "Li Ming", "phone", "13800000000", "email", "admin@example.com"),
            "agreePrivacyProtection",
            true));
    return request;
  }

  static JsonPath post(String path, Object body) {
    Response response = polycert().body(body).post(path);
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.asString());
    }
    return response.jsonPath();
  }

  /** Every order in the book, page by page. */
  static List<Map<String, Object>> orders() {
    List<Map<String, Object>> orders = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = polycert().queryParam("limit", 150);
      if (cursor != null) {
        request.queryParam("cursor", cursor);
      }
      JsonPath page = request.get("/orders").jsonPath();
      orders.addAll(page.getList("orders"));
      cursor = page.getString("next");
    } while (cursor != null);
    return orders;
  }

  /** Publishes what the orders wait for, as a domain's owner would. */
  static void publish(List<Map<String, Object>> orders) {
    List<Object> validations = new ArrayList<>();
    orders.forEach(order -> validations.addAll(list(order.get("validations"))));
    sandbox().body(Map.of("validations", validations)).post("/publish").then().statusCode(200);
  }

  /** Sweeps twice a second, as a schedule does, until the assertion holds. */
  static void sweepUntil(Duration most, ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(most)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              post("/renew", Map.of());
              assertion.run();
            });
  }

  static void reset() {
    sandbox().post("/reset").then().statusCode(200);
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
