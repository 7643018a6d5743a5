package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A record of a DynamoDB stream. Its items are in DynamoDB's JSON, which names every type. */
final class StreamRecord {

  private StreamRecord() {}

  static boolean is(JsonNode message) {
    return message.at("/dynamodb/SequenceNumber").isTextual();
  }

  /** Reports a failure by the sequence number, as {@code ReportBatchItemFailures} wants it. */
  static Trigger.Message message(JsonNode message) {
    JsonNode stream = message.get("dynamodb");
    return new Trigger.Message(
        stream.get("SequenceNumber").textValue(), item(stream.path("NewImage")).toString());
  }

  /** The items of several records, as they are now. */
  static ArrayNode items(JsonNode records) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    records.forEach(message -> items.add(item(message.at("/dynamodb/NewImage"))));
    return items;
  }

  /** The texts and numbers of an item as plain JSON; other attributes name nothing. */
  private static ObjectNode item(JsonNode image) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    image
        .properties()
        .forEach(
            attribute -> {
              JsonNode value = attribute.getValue();
              JsonNode text = value.path("S").isTextual() ? value.get("S") : value.path("N");
              if (text.isTextual()) {
                item.set(attribute.getKey(), text);
              }
            });
    return item;
  }
}
