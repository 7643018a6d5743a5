package dev.polycert.function.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from callers that are not trusted (RFC 8259): one value, no duplicate names, bounded
 * depth and size. Rejects a text that two parsers could read differently.
 */
public final class StrictJson {
  /** The largest text that is read, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  static final int MAX_DEPTH = 32;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_SIZE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /**
   * Reads a text.
   *
   * @throws InvalidInput when it is not one JSON value; its message has the position and no text
   */
  public static JsonNode parse(byte[] text) {
    try {
      JsonNode node = READER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw InvalidInput.whole("There is nothing in the body; a JSON object is expected.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw InvalidInput.whole(reason(e));
    } catch (IOException e) {
      throw InvalidInput.whole("The JSON is not valid UTF-8.");
    }
  }

  /** As above. */
  public static JsonNode parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    String why = "it is not well-formed";
    if (message.contains("Duplicate")) {
      why = "a name occurs twice in one object";
    } else if (message.contains("Trailing token")) {
      why = "something follows after its end";
    } else if (message.contains("nesting depth")) {
      why = "it is nested deeper than " + MAX_DEPTH + " levels";
    }
    JsonLocation at = e.getLocation();
    return at == null
        ? "The JSON cannot be read: " + why + "."
        : "The JSON cannot be read at line %d, column %d: %s."
            .formatted(at.getLineNr(), at.getColumnNr(), why);
  }
}
