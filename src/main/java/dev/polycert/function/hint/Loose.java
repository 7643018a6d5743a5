package dev.polycert.function.hint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import java.util.Map;

/**
 * Reads JSON leniently, because services write it differently: names in any case, objects as texts
 * of JSON, and members that may be missing.
 */
record Loose(JsonNode node) {

  Loose {
    node = opened(node);
  }

  /** A member; empty when it is missing. */
  Loose get(String name) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return new Loose(member.getValue());
      }
    }
    return new Loose(MissingNode.getInstance());
  }

  /** The text of a member; empty when there is none. */
  String text(String name) {
    JsonNode value = get(name).node;
    return value.isNull() ? "" : value.asText("").strip();
  }

  boolean isThere() {
    return !node.isMissingNode() && !node.isNull();
  }

  private static JsonNode opened(JsonNode node) {
    String text = node.isTextual() ? node.textValue().strip() : "";
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return node;
    }
    try {
      return StrictJson.parse(text);
    } catch (InvalidInput notJson) {
      return node;
    }
  }
}
