package dev.polycert.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.InvalidInput.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns the schema of a request from the reader itself: sends it requests that are wrong in one
 * member, and reads in the errors which members there are and what each is to be. Nothing is ever
 * done for such a request.
 */
final class RequestShape {
  /** Far from every name that there is, so that the error lists them all. */
  private static final String STRANGER = "?".repeat(60);

  private static final double NO_VALUE = 0.5;
  private static final Pattern KNOWN = Pattern.compile("unknown; known: (.*)");
  private static final Pattern RANGE = Pattern.compile("whole number from (-?\\d+) to (\\d+)");
  private static final Pattern ENTRIES = Pattern.compile("expected 1 to (\\d+) entries");
  private static final Pattern OBJECTS = Pattern.compile("an array of at most (\\d+) objects");
  private static final Pattern CHOICE = Pattern.compile("is none of ([A-Z0-9_, ]+)");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Operation operation;

  RequestShape(Operation operation) {
    this.operation = operation;
  }

  /** The schema of the whole request. */
  ObjectNode schema() {
    ObjectNode schema = members("", node -> node);
    TreeSet<String> required = new TreeSet<>();
    for (String name : names(schema)) {
      ObjectNode others = NODES.objectNode().put(STRANGER, NO_VALUE);
      if (says(errors(others), name).filter(text -> text.startsWith("is missing")).isPresent()) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      ArrayNode array = schema.putArray("required");
      required.forEach(array::add);
    }
    return schema;
  }

  /**
   * The members at a path.
   *
   * @param within puts an object there in a request
   */
  private ObjectNode members(String path, Function<JsonNode, JsonNode> within) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    JsonNode request = within.apply(NODES.objectNode().put(STRANGER, NO_VALUE));
    Optional<Matcher> known =
        errors(request).stream()
            .filter(error -> error.field().startsWith(path.isEmpty() ? "?" : path + ".?"))
            .map(error -> KNOWN.matcher(error.message()))
            .filter(Matcher::matches)
            .findFirst();
    if (known.isEmpty()) {
      return schema.put("additionalProperties", true);
    }
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (String name : known.get().group(1).split(", ")) {
      String at = path.isEmpty() ? name : path + "." + name;
      properties.set(name, member(at, value -> within.apply(NODES.objectNode().set(name, value))));
    }
    return schema;
  }

  private ObjectNode member(String path, Function<JsonNode, JsonNode> within) {
    String number = told(path, within, NODES.numberNode(NO_VALUE));
    Matcher range = RANGE.matcher(number);
    Matcher objects = OBJECTS.matcher(number);
    if (number.startsWith("expected true or false")) {
      return type("boolean");
    }
    if (range.find()) {
      return type("integer")
          .put("minimum", Integer.parseInt(range.group(1)))
          .put("maximum", Integer.parseInt(range.group(2)));
    }
    if (number.startsWith("expected an array of strings")) {
      Matcher entries = ENTRIES.matcher(told(path, within, NODES.arrayNode()));
      ObjectNode array = type("array").put("minItems", 1);
      if (entries.find()) {
        array.put("maxItems", Integer.parseInt(entries.group(1)));
      }
      return array.set("items", type("string"));
    }
    if (objects.find()) {
      return type("array")
          .put("maxItems", Integer.parseInt(objects.group(1)))
          .set("items", type("object").put("additionalProperties", true));
    }
    if (number.startsWith("expected an object")) {
      return members(path, within);
    }
    return text(told(path, within, NODES.textNode("?")));
  }

  private static ObjectNode text(String told) {
    Matcher choice = CHOICE.matcher(told);
    ObjectNode text = type("string");
    if (choice.find()) {
      ArrayNode values = text.putArray("enum");
      List.of(choice.group(1).split(", ")).forEach(values::add);
    } else if (told.contains("is no moment")) {
      text.put("format", "date-time");
    }
    return text;
  }

  private String told(String path, Function<JsonNode, JsonNode> within, JsonNode value) {
    ObjectNode request = within.apply(value).deepCopy();
    return says(errors(request.put(STRANGER, NO_VALUE)), path).orElse("");
  }

  private static Optional<String> says(List<FieldError> errors, String field) {
    return errors.stream()
        .filter(error -> error.field().equals(field))
        .map(FieldError::message)
        .findFirst();
  }

  private List<FieldError> errors(JsonNode wrong) {
    try {
      operation.run(wrong, Instant.MAX).await().atMost(Duration.ofSeconds(5));
    } catch (InvalidInput rejected) {
      return rejected.errors();
    }
    throw new AssertionError(operation.name() + " takes a member that does not exist");
  }

  private static List<String> names(ObjectNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static ObjectNode type(String name) {
    return NODES.objectNode().put("type", name);
  }
}
