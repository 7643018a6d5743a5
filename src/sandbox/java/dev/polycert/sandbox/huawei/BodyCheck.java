package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a request body and remembers the first that is wrong. */
final class BodyCheck {
  private final ObjectNode body;
  private @Nullable Refusal first;

  private BodyCheck(ObjectNode body) {
    this.body = body;
  }

  static BodyCheck of(ObjectMapper mapper, byte[] json) {
    try {
      if (mapper.readTree(json) instanceof ObjectNode object) {
        return new BodyCheck(object);
      }
    } catch (JsonProcessingException broken) {
      // Refused below, without an echo of the body.
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
    var check = new BodyCheck(JsonNodeFactory.instance.objectNode());
    check.require(false, "body", "a JSON object");
    return check;
  }

  /** The refusal of the first wrong field; empty when all were right. */
  Optional<Refusal> refusal() {
    return Optional.ofNullable(first);
  }

  void require(boolean right, String field, String expected) {
    require(right, Refusals.parameter(field, expected));
  }

  void require(boolean right, Refusal otherwise) {
    if (!right && first == null) {
      first = otherwise;
    }
  }

  /** An optional text; empty when it is missing. */
  String text(String field, int longest) {
    var node = body.path(field);
    boolean absent = node.isMissingNode() || node.isNull();
    var text = node.asText("").strip();
    require(absent || node.isTextual(), field, "a string");
    require(absent || text.length() <= longest, field, "at most " + longest + " characters");
    return absent ? "" : text;
  }

  String mandatoryText(String field, int longest) {
    var text = text(field, longest);
    require(!text.isEmpty(), field, "a value, it is mandatory");
    return text;
  }

  /** One of the choices; the default when it is missing. */
  String choice(String field, String otherwise, List<String> choices) {
    var text = text(field, 64);
    var chosen = text.isEmpty() ? otherwise : text;
    require(choices.contains(chosen), field, "one of " + String.join(", ", choices));
    return chosen;
  }

  /** One of the constants by name; the first one when the name is wrong. */
  <E extends Enum<E>> E choice(String field, E[] choices) {
    var text = mandatoryText(field, 64);
    var chosen = Arrays.stream(choices).filter(c -> c.name().equals(text)).findFirst();
    require(chosen.isPresent(), field, "one of " + Arrays.toString(choices));
    return chosen.orElse(choices[0]);
  }

  boolean flag(String field) {
    var node = body.path(field);
    require(node.isMissingNode() || node.isNull() || node.isBoolean(), field, "true or false");
    return node.asBoolean();
  }

  /** Requires the consent without which the vendor accepts no order. */
  void requireConsent() {
    require(
        body.path("agree_privacy_protection").isBoolean() && flag("agree_privacy_protection"),
        "agree_privacy_protection",
        "true");
  }

  int number(String field, int least, int most) {
    var node = body.path(field);
    boolean right = node.isInt() && node.asInt() >= least && node.asInt() <= most;
    require(right, field, "an integer from " + least + " to " + most);
    return node.asInt();
  }

  JsonNode node(String field) {
    return body.path(field);
  }
}
