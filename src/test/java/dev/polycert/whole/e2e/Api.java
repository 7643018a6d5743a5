package dev.polycert.whole.e2e;

import dev.polycert.openapi.Described;
import dev.polycert.testing.HttpAnswer;
import dev.polycert.testing.HttpCall;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Ports;
import dev.polycert.testing.Services;
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

  static HttpCall polycert() {
    return new HttpCall(Ports.polycert(), DESCRIBED::check);
  }

  static HttpCall sandbox() {
    return new HttpCall(Ports.sandbox() + "/_sandbox");
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

  static JsonTree post(String path, Object body) {
    HttpAnswer response = polycert().body(body).post(path);
    if (response.status() / 100 != 2) {
      throw new AssertionError(path + ": " + response.status() + " " + response.text());
    }
    return response.json();
  }

  /** Every order in the book, page by page. */
  static List<Map<String, Object>> orders() {
    List<Map<String, Object>> orders = new ArrayList<>();
    String cursor = null;
    do {
      HttpCall request = polycert().query("limit", 150);
      if (cursor != null) {
        request.query("cursor", cursor);
      }
      JsonTree page = request.get("/orders").json();
      orders.addAll(page.list("orders"));
      cursor = page.text("next");
    } while (cursor != null);
    return orders;
  }

  /** Publishes what the orders wait for, as a domain's owner would. */
  static void publish(List<Map<String, Object>> orders) {
    List<Object> validations = new ArrayList<>();
    orders.forEach(order -> validations.addAll(list(order.get("validations"))));
    sandbox().body(Map.of("validations", validations)).post("/publish").require(200);
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
    sandbox().post("/reset").require(200);
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
