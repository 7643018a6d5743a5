package dev.polycert.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One who calls Polycert over HTTP and steers the sandbox. */
final class Caller {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String INFORMATION =
      """
      {"organization": {
         "name": "Example Ltd", "division": "IT", "country": "CN", "region": "Guangdong",
         "city": "Shenzhen", "address": "1 Example Way", "postalCode": "518000",
         "phoneAreaCode": "0755", "phoneNumber": "86010000"},
       "administrator": {
         "firstName": "Ming", "lastName": "Li", "phone": "13800000000",
         "email": "admin@example.com", "position": "CTO"},
       "contact": {
         "firstName": "Fang", "lastName": "Wang", "phone": "13900000000",
         "email": "contact@example.com", "position": "Operations"},
       "agreePrivacyProtection": true}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI polycert;
  private final URI sandbox;
  private final String key;

  /**
   * @param key of Polycert's; empty when it wants none
   */
  Caller(URI polycert, URI sandbox, String key) {
    this.polycert = polycert;
    this.sandbox = sandbox;
    this.key = key;
  }

  Caller(int polycertPort, int sandboxPort) {
    this(local(polycertPort), local(sandboxPort), "");
  }

  static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** So many names below a label, each a registrable domain of its own. */
  static List<String> domains(String label, int count) {
    return IntStream.range(0, count).mapToObj(i -> "www." + label + i + ".com").toList();
  }

  /** The entries, in the order of the domains. */
  List<JsonNode> apply(String provider, List<String> domains) {
    ObjectNode body = JSON.createObjectNode();
    domains.forEach(body.putArray("domains")::add);
    body.putArray("providers").add(provider);
    body.set("information", read(INFORMATION));
    HttpResponse<String> response = send("POST", polycert.resolve("apply"), body.toString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
    return list(read(response.body()).get("entries"));
  }

  /** Takes every step that is due. */
  void sweep() {
    HttpResponse<String> response = send("POST", polycert.resolve("renew"), "{}");
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
  }

  /** All orders of a provider by domain, as they are; of several generations the last one. */
  Map<String, JsonNode> orders(String provider) {
    Map<String, JsonNode> orders = new HashMap<>();
    String cursor = "";
    do {
      String path = "orders?limit=100&provider=" + provider + cursor;
      JsonNode page = read(send("GET", polycert.resolve(path), "").body());
      page.get("orders").forEach(order -> orders.put(order.get("domain").asText(), order));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    return orders;
  }

  static String state(JsonNode order) {
    return order.path("state").asText();
  }

  // --- the sandbox ---

  JsonNode control(String method, String path, String body) {
    HttpResponse<String> response = send(method, sandbox.resolve("/_sandbox/" + path), body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return read(response.body());
  }

  /** Forgets everything, has quota for all, and keeps a journal. */
  void reset() {
    control("POST", "reset", "{}");
    control(
        "PUT",
        "settings",
        """
        {"quota": {"tencent-ssl": 100000, "tencent-ssl/main-domain": 100000,
                   "tencent-edgeone": 100000, "alibaba-esa": 100000, "huawei-scm": 100000}}
        """);
    control("POST", "journal", "{}");
  }

  /** Lets something go wrong for as long as it is not cleared. */
  void fault(String provider, String kind, double rate, String match, Map<String, Object> more) {
    ObjectNode body = JSON.createObjectNode();
    body.put("provider", provider).put("kind", kind).put("rate", rate).put("match", match);
    body.put("times", 1_000_000_000).put("seed", Scale.seed());
    more.forEach(body::putPOJO);
    control("POST", "faults", body.toString());
  }

  void clearFaults() {
    control("DELETE", "faults", "");
  }

  /** The applications that took effect, by domain. */
  Map<String, Integer> applications(String provider) {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode entry : control("GET", "ledger", "").get("entries")) {
      if (entry.get("provider").asText().equals(provider)) {
        counts.merge(entry.get("domain").asText(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /**
   * A call that came to the sandbox.
   *
   * @param about the text of what it was about
   * @param fault empty for none
   */
  record Call(
      Instant at, String provider, String operation, String about, String fault, boolean refused) {

    /** The first domain in it that has the label. */
    String domain(String label) {
      Matcher matcher = Pattern.compile("www\\." + label + "\\d+\\.com").matcher(about);
      return matcher.find() ? matcher.group() : "";
    }
  }

  List<Call> journal() {
    return list(control("GET", "journal", "").get("entries")).stream()
        .map(
            entry ->
                new Call(
                    Instant.parse(entry.get("at").asText()),
                    entry.get("provider").asText(),
                    entry.get("operation").asText(),
                    entry.get("subject").asText(),
                    entry.path("fault").asText(""),
                    entry.get("throttled").asBoolean()))
        .toList();
  }

  private HttpResponse<String> send(String method, URI uri, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("X-Api-Key", key.isEmpty() ? "none" : key)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
