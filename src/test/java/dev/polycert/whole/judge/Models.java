package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Holds what the sandbox answered against what the vendor's own model took of it. */
final class Models {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Models() {}

  /**
   * Fails when the sandbox has sent a member that the model does not have, or a value that it reads
   * as another one. Members that are null or empty say nothing.
   *
   * @param taken the model, written as JSON again
   */
  static void assertKnows(JsonNode answered, String taken) {
    assertThat(members(read(taken))).containsAllEntriesOf(members(answered));
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> members(JsonNode tree) {
    Map<String, String> members = new TreeMap<>();
    collect(members, "", tree);
    return members;
  }

  private static void collect(Map<String, String> members, String pointer, JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(each -> collect(members, pointer + "/" + each.getKey(), each.getValue()));
      case JsonNode list when list.isArray() -> {
        for (int i = 0; i < list.size(); i++) {
          collect(members, pointer + "/" + i, list.get(i));
        }
      }
      case JsonNode value when !value.isNull() -> members.put(pointer, value.toString());
      default -> {}
    }
  }
}
