package dev.polycert.whole.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Events as AWS and the clouds send them, from {@code src/test/resources/events}. */
public final class Events {
  private static final Path FILES = Path.of("src/test/resources/events");

  private Events() {}

  /** The names of all. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  static ObjectNode read(String name) throws IOException {
    return (ObjectNode)
        LambdaFunction.MAPPER.readTree(Files.readAllBytes(FILES.resolve(name + ".json")));
  }

  /** An HTTP request as API Gateway hands it over. */
  public static ObjectNode http(String method, String path, String body) throws IOException {
    ObjectNode event = read("api-gateway");
    event.put("rawPath", path).put("body", body);
    event.withObject("/requestContext/http").put("method", method).put("path", path);
    return event;
  }

  /** The JSON in the body of an answer to API Gateway. */
  static JsonNode body(JsonNode answer) throws IOException {
    return LambdaFunction.MAPPER.readTree(answer.path("body").textValue());
  }
}
