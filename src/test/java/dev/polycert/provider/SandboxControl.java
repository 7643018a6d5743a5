package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Tells the running sandbox what to do, and reads what really happened there. */
public final class SandboxControl {
  private final JsonHttp http = new JsonHttp();
  private final URI sandbox;

  public SandboxControl(URI sandbox) {
    this.sandbox = sandbox;
  }

  public SandboxControl(int port) {
    this(URI.create("http://127.0.0.1:" + port));
  }

  /** Calls the control API, and fails when a call is refused. */
  public JsonNode control(String method, String path, String body) {
    HttpResponse<String> response = http.send(method, sandbox.resolve("/_sandbox/" + path), body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonHttp.read(response.body());
  }

  /** As above, with what is JSON once it is written. */
  public JsonNode control(String method, String path, Object body) {
    return control(method, path, JsonHttp.JSON.valueToTree(body).toString());
  }

  public void reset() {
    control("POST", "reset", Map.of());
  }

  /** Publishes what an application is to show. */
  public void publish(List<Validation> validations) {
    control("POST", "publish", Map.of("validations", validations));
  }

  /** Does the next call of the operation, but loses its answer. */
  public void loseAnswer(String operation) {
    control(
        "POST",
        "faults",
        List.of(Map.of("operation", operation, "kind", "RESET_AFTER", "times", 1)));
  }

  /** How many applications and purchases took effect for all vendors. */
  public long ledger(String operation) {
    return control("GET", "ledger", Map.of()).findValuesAsText("operation").stream()
        .filter(operation::equals)
        .count();
  }
}
