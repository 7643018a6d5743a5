package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.provider.Applicant;
import dev.polycert.provider.SandboxControl;
import dev.polycert.testing.JsonHttp;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One who calls Polycert over HTTP and steers the sandbox. */
final class Caller {
  private static final String UPLOAD = "UploadUserCertificate";

  private final JsonHttp http;
  private final URI polycert;
  private final SandboxControl sandbox;

  /**
   * @param key of Polycert's; empty when it wants none
   */
  Caller(URI polycert, URI sandbox, String key) {
    this.polycert = polycert;
    this.sandbox = new SandboxControl(sandbox);
    this.http = new JsonHttp("X-Api-Key", key.isEmpty() ? "none" : key);
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
    HttpResponse<String> response =
        http.send("POST", polycert.resolve("apply"), application(provider, domains));
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
    return list(JsonHttp.read(response.body()).get("entries"));
  }

  /** The body of an application. */
  static String application(String provider, List<String> domains) {
    ObjectNode body = JsonHttp.JSON.createObjectNode();
    domains.forEach(body.putArray("domains")::add);
    body.putArray("providers").add(provider);
    body.set("information", Applicant.information());
    return body.toString();
  }

  /** Applies for a domain of a zone that is written by us; the order. */
  JsonNode applyAuto(String provider, String domain) {
    return applyAuto(provider, domain, JsonHttp.JSON.createObjectNode());
  }

  /** As above, with more members. */
  JsonNode applyAuto(String provider, String domain, ObjectNode more) {
    ObjectNode body = JsonHttp.JSON.createObjectNode();
    body.putArray("domains").add(domain);
    body.putArray("providers").add(provider);
    body.put("validation", "DNS_AUTO");
    body.set("information", Applicant.information());
    body.setAll(more);
    return order(post("apply", body).get("entries").get(0).get("orderId").asText());
  }

  /** Takes a step of an order; the order. */
  JsonNode check(JsonNode order) {
    ObjectNode body = JsonHttp.JSON.createObjectNode();
    body.putArray("orders").add(order.get("id").asText());
    post("check-verification", body);
    return order(order.get("id").asText());
  }

  /** Ends an order in one of the ways that there are; the order. */
  JsonNode end(JsonNode order, String action) {
    ObjectNode body = JsonHttp.JSON.createObjectNode();
    body.putArray("orders").add(order.get("id").asText());
    body.put("action", action);
    post("cancel", body);
    return order(order.get("id").asText());
  }

  private JsonNode order(String id) {
    return JsonHttp.read(http.send("GET", polycert.resolve("orders/" + id), "").body());
  }

  /** Asks again when the time was too short, as callers do. */
  private JsonNode post(String path, JsonNode body) {
    HttpResponse<String> response;
    int times = 0;
    do {
      response = http.send("POST", polycert.resolve(path), body.toString());
    } while (response.statusCode() == 504 && ++times < 10);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
    return JsonHttp.read(response.body());
  }

  /** Takes every step that is due. */
  void sweep() {
    HttpResponse<String> response = http.send("POST", polycert.resolve("renew"), "{}");
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
  }

  /** All orders of a provider by domain, as they are; of several generations the last one. */
  Map<String, JsonNode> orders(String provider) {
    Map<String, JsonNode> orders = new HashMap<>();
    String cursor = "";
    do {
      String path = "orders?limit=100&provider=" + provider + cursor;
      JsonNode page = JsonHttp.read(http.send("GET", polycert.resolve(path), "").body());
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
    return sandbox.control(method, path, body);
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
    ObjectNode body = JsonHttp.JSON.createObjectNode();
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
    return counts(provider, operation -> !operation.equals(UPLOAD));
  }

  /** The uploads to Alibaba Cloud CAS that took effect, by domain. */
  Map<String, Integer> uploads() {
    return counts("alibaba-cas", UPLOAD::equals);
  }

  private Map<String, Integer> counts(String provider, Predicate<String> operations) {
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode entry : control("GET", "ledger", "").get("entries")) {
      if (entry.get("provider").asText().equals(provider)
          && operations.test(entry.get("operation").asText())) {
        counts.merge(entry.get("domain").asText(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** How many more or fewer applications took effect than one for each of the domains. */
  static int wrong(Map<String, Integer> applications, List<String> domains) {
    return domains.stream()
        .mapToInt(domain -> Math.abs(applications.getOrDefault(domain, 0) - 1))
        .sum();
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

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
