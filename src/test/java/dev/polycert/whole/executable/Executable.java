package dev.polycert.whole.executable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Invokes the executable through Quarkus's stand-in of Lambda. */
final class Executable {
  /** The port is of application.properties. */
  private static final URI EVENTS = URI.create("http://localhost:18091/");

  private Executable() {}

  /** Sends an event and reads the answer, which must not be an error. */
  static JsonNode answer(String event) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(EVENTS)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(event))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return new ObjectMapper().readTree(response.body());
    }
  }
}
