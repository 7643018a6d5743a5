package dev.polycert.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.Validation;
import dev.polycert.sandbox.RunningSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A sandbox that runs, in the application under test or for the judges alone. */
record Emulation(int port) {

  static Emulation of(RunningSandbox sandbox) {
    return new Emulation(sandbox.uri("/").getPort());
  }

  String authority() {
    return "127.0.0.1:" + port;
  }

  JsonNode control(String method, String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + authority() + "/_sandbox/" + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return Models.read(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void reset() {
    control("POST", "reset", "{}");
  }

  void advance(Duration time) {
    control("POST", "clock", "{\"advance\":\"" + time + "\"}");
  }

  void publish(String name, String type, String value) {
    control(
        "PUT",
        "dns",
        "{\"name\":\"%s\",\"type\":\"%s\",\"value\":\"%s\"}".formatted(name, type, value));
  }

  /** Publishes as the owner of the domain does who reads our answer. */
  void publish(List<Validation> validations) {
    validations.forEach(each -> publish(each.recordName(), each.recordType(), each.recordValue()));
  }
}
