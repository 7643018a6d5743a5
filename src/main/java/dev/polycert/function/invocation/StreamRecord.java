package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads records of a DynamoDB stream. Their items are in DynamoDB's JSON, which names each type.
 */
final class StreamRecord {

  private StreamRecord() {}

  static boolean is(JsonNode message) {
    return message.at("/dynamodb/SequenceNumber").isTextual();
  }

  /** A message whose id is the sequence number, which {@code ReportBatchItemFailures} expects. */
  static Trigger.Message message(JsonNode message) {
    JsonNode stream = message.get("dynamodb");
    return new Trigger.Message(
        stream.get("SequenceNumber").textValue(), item(stream.path("NewImage")).toString());
  }

  /** The new items of several records. */
  static ArrayNode items(JsonNode records) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    records.forEach(message -> items.add(item(message.at("/dynamodb/NewImage"))));
    return items;
  }

  /** The texts and numbers of an item as plain JSON; other attributes are left out. */
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
