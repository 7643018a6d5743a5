package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What invoked a function. */
sealed interface Trigger {

  /** API Gateway's HTTP API or a function URL (payload format 2.0). */
  record Http(JsonNode event) implements Trigger {}

  /** A rule with a schedule, or EventBridge Scheduler without an input of its own. */
  record Schedule() implements Trigger {}

  /** One event. */
  record Single(Event event) implements Trigger {}

  /**
   * Events that were delivered together. Each is read by {@link #event} on its own, so that one
   * that cannot be read holds up no other.
   */
  record Together(List<JsonNode> elements) implements Trigger {
    public Together {
      elements = List.copyOf(elements);
    }
  }

  /** Messages of a queue or records of a stream; failures are reported for each. */
  record Batch(List<Message> messages) implements Trigger {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /**
   * One message of a queue, or one record of a stream.
   *
   * @param id the id that failures are reported by: for a record, its sequence number
   * @param body JSON text; for a record, the new item
   */
  record Message(String id, String body) {}

  /** Plain JSON: the request itself. */
  record Direct(JsonNode input) implements Trigger {}

  Set<String> SCHEDULERS = Set.of("aws.events", "aws.scheduler");

  /**
   * Recognises the trigger in the JSON that a function received.
   *
   * @throws InvalidInput when it is an HTTP event of another format, a message has no id or body,
   *     or an event's data is not JSON
   */
  static Trigger of(@Nullable JsonNode json) {
    if (json == null) {
      return new Direct(JsonNodeFactory.instance.nullNode());
    }
    if (!json.isObject()) {
      return array(json);
    }
    if (json.at("/requestContext/http").isObject()) {
      return new Http(json);
    }
    if (json.path("httpMethod").isTextual() && json.path("requestContext").isObject()) {
      throw InvalidInput.whole(
          "This is an HTTP event of a REST API (payload format 1.0) or of a load balancer: invoke"
              + " the function by an HTTP API or a function URL, with payload format 2.0.");
    }
    if (isEventBridge(json) && SCHEDULERS.contains(json.get("source").asText())) {
      return new Schedule();
    }
    if (json.path("Records").isArray()) {
      return batch(json.get("Records"));
    }
    // Huawei EventGrid pushes {"events": [CloudEvent, …]}.
    if (json.size() == 1 && hasEvent(json.path("events"))) {
      return together(json.get("events"));
    }
    return isEvent(json) ? new Single(event(json)) : new Direct(json);
  }

  /** The elements of an array (CloudEvents JSON format, 4) as events. */
  static Together together(JsonNode array) {
    return new Together(array.valueStream().toList());
  }

  /**
   * The id that the sender gave: API Gateway to the request, EventBridge or the sender of a
   * CloudEvent to the event. Null for a batch and for plain JSON, which have none.
   */
  static @Nullable String id(@Nullable JsonNode json) {
    if (json == null) {
      return null;
    }
    JsonNode request = json.at("/requestContext/requestId");
    return (request.isTextual() ? request : json.path("id")).textValue();
  }

  /** Events in a batch, records from a pipe, or a request that is an array. */
  private static Trigger array(JsonNode json) {
    if (hasEvent(json)) {
      return together(json);
    }
    return new Direct(StreamRecord.is(json.path(0)) ? StreamRecord.items(json) : json);
  }

  /**
   * Reads one event.
   *
   * @throws InvalidInput when it is none, or its data is not JSON
   */
  static Event event(JsonNode json) {
    if (isEventBridge(json)) {
      return new Event(json.get("source").asText(), json.get("detail-type").asText(), detail(json));
    }
    if (isCloudEvent(json)) {
      requireVersion("specversion", json.get("specversion").textValue());
      return new Event(required(json, "source"), required(json, "type"), data(json));
    }
    throw InvalidInput.whole(
        "This is no event: expected a CloudEvent, with specversion, source, type and data.");
  }

  /** An attribute that each event has (CloudEvents, "Required Attributes"). */
  private static String required(JsonNode event, String attribute) {
    String value = event.path(attribute).asText();
    if (value.isBlank()) {
      throw InvalidInput.of(attribute, "is missing; a CloudEvent has a source and a type");
    }
    return value;
  }

  /**
   * Requires the version of CloudEvents that is read here, by whose rules data may be Base64.
   *
   * @throws InvalidInput when it is another one
   */
  static void requireVersion(String attribute, String version) {
    if (!version.equals("1.0")) {
      throw InvalidInput.of(
          attribute,
          "CloudEvents %s is not taken; send events of 1.0".formatted(Fields.quote(version)));
    }
  }

  private static boolean hasEvent(JsonNode array) {
    return array.isArray() && array.valueStream().anyMatch(Trigger::isEvent);
  }

  private static boolean isEvent(JsonNode json) {
    return isEventBridge(json) || isCloudEvent(json);
  }

  private static boolean isEventBridge(JsonNode json) {
    return json.path("detail-type").isTextual()
        && json.path("source").isTextual()
        && json.has("detail");
  }

  private static boolean isCloudEvent(JsonNode json) {
    return json.path("specversion").isTextual() && json.path("type").isTextual();
  }

  /** EventBridge Scheduler writes {@code detail} as a text that holds JSON. */
  private static JsonNode detail(JsonNode event) {
    return unwrap(event.get("detail"));
  }

  /** Data may be JSON, a text that holds JSON, or Base64 (CloudEvents JSON format, 3.1). */
  private static JsonNode data(JsonNode event) {
    JsonNode base64 = event.path("data_base64");
    if (base64.isMissingNode() || base64.isNull()) {
      return unwrap(event.path("data"));
    }
    if (event.hasNonNull("data")) {
      throw InvalidInput.of("data_base64", "stands beside data; an event has one of them");
    }
    if (!base64.isTextual()) {
      throw InvalidInput.of("data_base64", "expected a string");
    }
    return StrictJson.parse(decode(base64.textValue(), "data_base64"));
  }

  static JsonNode unwrap(JsonNode value) {
    return value.isTextual() ? StrictJson.parse(value.textValue()) : value;
  }

  private static Batch batch(JsonNode records) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : records) {
      if (StreamRecord.is(message)) {
        messages.add(StreamRecord.message(message));
        continue;
      }
      if (!message.path("messageId").isTextual() || !message.path("body").isTextual()) {
        throw InvalidInput.of(
            "Records[" + messages.size() + "]",
            "expected a message of a queue, with messageId and body");
      }
      messages.add(
          new Message(message.get("messageId").textValue(), message.get("body").textValue()));
    }
    return new Batch(messages);
  }

  /**
   * Decodes Base64.
   *
   * @throws InvalidInput when the text is not Base64
   */
  static byte[] decode(String text, String field) {
    try {
      return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(field, "is not valid Base64");
    }
  }
}
