package dev.polycert.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Signatures that the vendors' own signers made. */
public final class Vectors {
  private Vectors() {}

  /** One of them. */
  public record Vector(JsonNode json) {

    public String text(String name) {
      return json.path(name).asText();
    }

    public Map<String, String> map(String name) {
      Map<String, String> map = new HashMap<>();
      json.path(name)
          .properties()
          .forEach(each -> map.put(each.getKey(), each.getValue().asText()));
      return map;
    }

    @Override
    public String toString() {
      return text("id");
    }
  }

  public static Stream<Vector> of(String algorithm) {
    try {
      return new ObjectMapper()
          .readTree(FixtureServer.fixture("vectors.json"))
          .valueStream()
          .map(Vector::new)
          .filter(vector -> vector.text("algorithm").equals(algorithm));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
