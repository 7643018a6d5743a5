package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads an event in the binary mode of CloudEvents' HTTP binding (1.0.2, 3.1): its attributes are
 * headers that begin with {@code ce-}, and the body is its data.
 */
final class BinaryEvent {
  private static final String VERSION = "ce-specversion";

  private BinaryEvent() {}

  /** Whether a request is one; the media type of the structured modes comes first (section 3). */
  static boolean is(HttpCall call) {
    String type = call.mediaType();
    return call.headers().containsKey(VERSION)
        && (type == null || !type.startsWith("application/cloudevents"));
  }

  /**
   * Reads it.
   *
   * @throws InvalidInput when it has no type or source, or its data is no JSON
   */
  static Event read(HttpCall call, byte[] body) {
    return new Event(required(call, "ce-source"), required(call, "ce-type"), data(body));
  }

  private static JsonNode data(byte[] body) {
    return body.length == 0 ? MissingNode.getInstance() : Trigger.unwrap(StrictJson.parse(body));
  }

  private static String required(HttpCall call, String header) {
    String value = call.headers().get(header);
    if (value == null || value.isBlank()) {
      throw InvalidInput.of(header, "is missing; an event in binary mode has this header");
    }
    return decoded(header, value.strip());
  }

  /** Quoted strings are taken out of their quotes, then percent escapes are read (3.1.3.2). */
  private static String decoded(String header, String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String plain =
        quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    try {
      // A plus sign is one here.
      return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(header, "has a broken percent escape");
    }
  }
}
