package dev.polycert.function.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads JSON from callers that are not trusted (RFC 8259): one value, no duplicate names, bounded
 * depth and size. Rejects a text that two parsers could read differently.
 */
public final class StrictJson {
  /** The largest text that is read, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  static final int MAX_DEPTH = 32;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

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
   * Reads a text in UTF-8 (RFC 8259, 8.1), which a byte order mark may precede. Jackson would guess
   * at other encodings, and would take some octets that are not UTF-8.
   *
   * @throws InvalidInput when it is not one JSON value; its message has the position and no text
   */
  public static JsonNode parse(byte[] text) {
    CharBuffer decoded;
    try {
      decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw InvalidInput.whole("The JSON is not valid UTF-8.");
    }
    boolean marked = !decoded.isEmpty() && decoded.get(0) == BYTE_ORDER_MARK;
    return parse(marked ? decoded.subSequence(1, decoded.length()).toString() : decoded.toString());
  }

  /**
   * Reads a text of JSON.
   *
   * @throws InvalidInput saying what cannot be read, and where
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode node = READER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw InvalidInput.whole("There is nothing in the body; a JSON object is expected.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw InvalidInput.whole(reason(e));
    }
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
