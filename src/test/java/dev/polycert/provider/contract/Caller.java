package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.provider.Applicant;
import dev.polycert.provider.SandboxControl;
import dev.polycert.testing.JsonHttp;
import dev.polycert.whole.secrecy.Canaries;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls Polycert over HTTP, and sets what the sandbox does next. */
public final class Caller {
  static final ObjectMapper JSON = JsonHttp.JSON;

  private final JsonHttp http =
      new JsonHttp("Authorization", "Bearer " + Canaries.of("POLYCERT_API_KEY"));

  private final String polycert;
  private final SandboxControl sandbox;
  private final Set<String> orders = new LinkedHashSet<>();
  private int status;
  private final StringBuilder answers = new StringBuilder();

  Caller(int polycertPort, int sandboxPort) {
    polycert = "http://127.0.0.1:" + polycertPort + "/";
    sandbox = new SandboxControl(sandboxPort);
  }

  /** All that Polycert has answered so far, and the histories of all orders. */
  String answers() {
    orders.forEach(id -> call("GET", "orders/" + id, ""));
    return answers.toString();
  }

  /** The HTTP status of Polycert's last answer. */
  int status() {
    return status;
  }

  /** Applies for a domain at one provider: the one entry of the answer. */
  JsonNode apply(String provider, String domain) {
    return applyAt(domain, "ALL", JSON.createObjectNode(), provider);
  }

  /** Applies with the provider's options. */
  public JsonNode apply(String provider, String domain, Map<String, String> options) {
    ObjectNode byProvider = JSON.createObjectNode();
    byProvider.set(provider, JSON.valueToTree(options));
    return applyAt(domain, "ALL", byProvider, provider);
  }

  /** Applies at the first of the providers that can serve. */
  JsonNode applyFirst(String domain, String... providers) {
    return applyAt(domain, "FIRST", JSON.createObjectNode(), providers);
  }

  private JsonNode applyAt(
      String domain, String strategy, ObjectNode options, String... providers) {
    ObjectNode body = JSON.createObjectNode().put("strategy", strategy);
    body.putArray("domains").add(domain);
    List.of(providers).forEach(body.putArray("providers")::add);
    body.set("information", Applicant.information());
    if (!options.isEmpty()) {
      body.set("providerOptions", options);
    }
    JsonNode entries = call("POST", "apply", body.toString()).get("entries");
    assertThat(entries).hasSize(1);
    orders.add(id(entries.get(0)));
    return entries.get(0);
  }

  /** Checks an order: how it stands then. */
  public JsonNode check(JsonNode order) {
    return callForOne("check-verification", order, JSON.createObjectNode());
  }

  /** Cancels, deletes or revokes: what became of it. */
  JsonNode end(JsonNode order, String action) {
    return callForOne("cancel", order, JSON.createObjectNode().put("action", action));
  }

  /** Puts the certificate into use with the provider's options, if any. */
  JsonNode deploy(JsonNode order, Map<String, String> options) {
    ObjectNode body = JSON.createObjectNode();
    if (!options.isEmpty()) {
      body.putObject("deployOptions")
          .set(order.get("provider").asText(), JSON.valueToTree(options));
    }
    return callForOne("deploy", order, body);
  }

  private JsonNode callForOne(String path, JsonNode order, ObjectNode body) {
    body.putArray("orders").add(id(order));
    JsonNode orders = call("POST", path, body.toString()).get("orders");
    assertThat(orders).hasSize(1);
    return orders.get(0);
  }

  /** The certificate without its key. */
  JsonNode export(JsonNode order) {
    return call("POST", "export", JSON.createObjectNode().put("order", id(order)).toString());
  }

  /** The certificate and its key: the one answer that is not among {@link #answers}. */
  JsonNode exportWithKey(JsonNode order) {
    int before = answers.length();
    ObjectNode body = JSON.createObjectNode().put("order", id(order));
    JsonNode exported = call("POST", "export", body.put("includePrivateKey", true).toString());
    answers.setLength(before);
    return exported;
  }

  /** Takes what the provider's account has into the order book: what became of it. */
  JsonNode adopt(String provider) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("providers").add(provider);
    JsonNode providers = call("POST", "adopt", body.toString()).get("providers");
    assertThat(providers).hasSize(1);
    return providers.get(0);
  }

  /** The order as it is, with its history. */
  JsonNode order(JsonNode order) {
    return call("GET", "orders/" + id(order), "");
  }

  /** What an entry calls {@code orderId}, an order calls {@code id}. */
  private static String id(JsonNode order) {
    return order.path("orderId").asText(order.path("id").asText());
  }

  private JsonNode call(String method, String path, String body) {
    HttpResponse<String> response = http.send(method, URI.create(polycert + path), body);
    answers.append(response.body());
    status = response.statusCode();
    assertThat(status).as(response.body()).isBetween(200, 202);
    return JsonHttp.read(response.body());
  }

  // --- the sandbox ---

  /** Publishes what an order asks for. */
  void publish(JsonNode validations) {
    assertThat(validations).isNotEmpty();
    ObjectNode body = JSON.createObjectNode();
    body.set("validations", validations);
    control("POST", "publish", body.toString());
  }

  /** How often an operation was called since the last reset. */
  int calls(String provider, String operation) {
    return control("GET", "calls", "").path(provider).path(operation).asInt();
  }

  /** How many applications for the domain took effect at the vendor. */
  int applications(String provider, String domain) {
    int count = 0;
    for (JsonNode entry : control("GET", "ledger", "").get("entries")) {
      boolean counts =
          entry.get("provider").asText().equals(provider)
              && entry.get("domain").asText().equals(domain);
      count += counts ? 1 : 0;
    }
    return count;
  }

  /** Lets something go wrong. */
  public void fault(FaultSpec fault) {
    control("POST", "faults", fault.json());
  }

  /** Steers the sandbox. */
  public JsonNode control(String method, String path, String body) {
    return sandbox.control(method, path, body);
  }
}
