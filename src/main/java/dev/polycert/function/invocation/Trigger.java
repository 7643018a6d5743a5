package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  /** One event, or several that were delivered together. */
  record Events(List<Event> events) implements Trigger {
    public Events {
      events = List.copyOf(events);
    }
  }

  /** Messages of a queue, each to be answered for by itself. */
  record Batch(List<Message> messages) implements Trigger {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /** One message of a queue. */
  record Message(String id, String body) {}

  /** Plain JSON: the request itself. */
  record Direct(JsonNode input) implements Trigger {}

  Set<String> SCHEDULERS = Set.of("aws.events", "aws.scheduler");

  /**
   * Tells what invoked a function from the JSON that it got.
   *
   * @throws InvalidInput when a queue's message has no id or body, or an event's data is no JSON
   */
  static Trigger of(@Nullable JsonNode json) {
    if (json == null || !json.isObject()) {
      return new Direct(json == null ? JsonNodeFactory.instance.nullNode() : json);
    }
    if (json.at("/requestContext/http").isObject()) {
      return new Http(json);
    }
    if (isEventBridge(json) && SCHEDULERS.contains(json.get("source").asText())) {
      return new Schedule();
    }
    if (json.path("Records").isArray()) {
      return batch(json.get("Records"));
    }
    List<Event> events = events(json);
    return events.isEmpty() ? new Direct(json) : new Events(events);
  }

  /** The events in a JSON; empty when it is none. */
  static List<Event> events(JsonNode json) {
    if (isEventBridge(json)) {
      return List.of(
          new Event(json.get("source").asText(), json.get("detail-type").asText(), detail(json)));
    }
    if (isCloudEvent(json)) {
      return List.of(
          new Event(json.path("source").asText(), json.get("type").asText(), data(json)));
    }
    List<Event> events = new ArrayList<>();
    // Huawei EventGrid pushes {"events": [CloudEvent, …]}.
    JsonNode pushed = json.path("events");
    if (!pushed.isEmpty() && isCloudEvent(pushed.get(0))) {
      pushed.forEach(event -> events.addAll(events(event)));
    }
    return events;
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
    if (event.path("data_base64").isTextual()) {
      return StrictJson.parse(decode(event.get("data_base64").textValue(), "data_base64"));
    }
    return unwrap(event.path("data"));
  }

  private static JsonNode unwrap(JsonNode value) {
    return value.isTextual() ? StrictJson.parse(value.textValue()) : value;
  }

  private static Batch batch(JsonNode records) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : records) {
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
   * @throws InvalidInput when it is none
   */
  static byte[] decode(String text, String field) {
    try {
      return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(field, "is not valid Base64");
    }
  }
}
