package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Tells the running sandbox what to do, and reads what really happened there. */
public final class SandboxControl {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;

  public SandboxControl(int port) {
    this.port = port;
  }

  /** Calls the control API, which must do what it is told. */
  public JsonNode control(String method, String path, Object body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_sandbox/" + path))
                  .method(
                      method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
