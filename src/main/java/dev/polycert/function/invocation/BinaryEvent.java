package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads an event in the binary mode of CloudEvents' HTTP binding (1.0.2, 3.1): headers that begin
 * with {@code ce-} are its attributes, and the body is its data.
 */
final class BinaryEvent {
  private static final String VERSION = "ce-specversion";

  private BinaryEvent() {}

  /** Whether a request is one; the media type of a structured mode takes precedence (section 3). */
  static boolean is(HttpRouter.Request request) {
    String type = request.mediaType();
    return request.headers().containsKey(VERSION)
        && (type == null || !type.startsWith("application/cloudevents"));
  }

  /**
   * Reads it.
   *
   * @throws InvalidInput when it has no type or no source, or its data is not JSON
   */
  static Event read(HttpRouter.Request request, byte[] body) {
    Trigger.requireVersion(VERSION, required(request, VERSION));
    return new Event(required(request, "ce-source"), required(request, "ce-type"), data(body));
  }

  private static JsonNode data(byte[] body) {
    return body.length == 0 ? MissingNode.getInstance() : Trigger.unwrap(StrictJson.parse(body));
  }

  private static String required(HttpRouter.Request request, String header) {
    String value = request.headers().get(header);
    if (value == null || value.isBlank()) {
      throw InvalidInput.of(header, "is missing; an event in binary mode has this header");
    }
    return decoded(header, value.strip());
  }

  /** Removes the quotes of a quoted string, then decodes percent escapes (3.1.3.2). */
  private static String decoded(String header, String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String plain =
        quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    try {
      // URLDecoder would turn a plus sign into a space.
      return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw InvalidInput.of(header, "has a broken percent escape");
    }
  }
}
