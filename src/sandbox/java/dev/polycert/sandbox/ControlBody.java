package dev.polycert.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON object sent to the control API, read with errors that name the field. */
public final class ControlBody {
  private final JsonObject json;

  private ControlBody(JsonObject json) {
    this.json = json;
  }

  /** Reads one object; an empty body counts as an empty object. */
  static ControlBody of(byte[] body) {
    return many(body).getFirst();
  }

  /** Reads one object or a list of objects. */
  static List<ControlBody> many(byte[] body) {
    return switch (decode(body)) {
      case JsonObject object -> List.of(new ControlBody(object));
      case JsonArray array when !array.isEmpty() -> objects(array, "body");
      default -> throw new ControlException(400, "body", "must be a JSON object");
    };
  }

  private static Object decode(byte[] body) {
    if (body.length == 0) {
      return new JsonObject();
    }
    try {
      Object value = Json.decodeValue(Buffer.buffer(body));
      return value == null ? "null" : value;
    } catch (DecodeException e) {
      throw new ControlException(400, "body", "must be JSON");
    }
  }

  private static List<ControlBody> objects(JsonArray array, String field) {
    List<ControlBody> bodies = new ArrayList<>();
    for (Object element : array) {
      if (!(element instanceof JsonObject object)) {
        throw new ControlException(400, field, "must hold JSON objects only");
      }
      bodies.add(new ControlBody(object));
    }
    return bodies;
  }

  public boolean has(String field) {
    return json.getValue(field) != null;
  }

  /** The field names that were sent. */
  public Iterable<String> fields() {
    return json.fieldNames();
  }

  /** A text that must be there and not be blank. */
  public String text(String field) {
    return optionalText(field)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new ControlException(400, field, "is missing: give a text"));
  }

  public Optional<String> optionalText(String field) {
    return switch (json.getValue(field)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw new ControlException(400, field, "must be a text");
    };
  }

  public Optional<Boolean> flag(String field) {
    return switch (json.getValue(field)) {
      case null -> Optional.empty();
      case Boolean flag -> Optional.of(flag);
      default -> throw new ControlException(400, field, "must be true or false");
    };
  }

  public Optional<Double> number(String field) {
    return switch (json.getValue(field)) {
      case null -> Optional.empty();
      case Number number when number.doubleValue() >= 0 -> Optional.of(number.doubleValue());
      default -> throw new ControlException(400, field, "must be a number of at least 0");
    };
  }

  /** An ISO 8601 duration, {@code PT48H}. */
  public Optional<Duration> duration(String field) {
    try {
      return optionalText(field).map(Duration::parse);
    } catch (DateTimeParseException e) {
      throw new ControlException(400, field, "must be an ISO 8601 duration such as PT48H");
    }
  }

  public boolean isList(String field) {
    return json.getValue(field) instanceof JsonArray;
  }

  public List<String> texts(String field) {
    if (!(json.getValue(field) instanceof JsonArray array)) {
      throw new ControlException(400, field, "must be a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (Object element : array) {
      if (!(element instanceof String text)) {
        throw new ControlException(400, field, "must hold texts only");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of objects that must be there. */
  public List<ControlBody> objects(String field) {
    if (!(json.getValue(field) instanceof JsonArray array)) {
      throw new ControlException(400, field, "must be a list of objects");
    }
    return objects(array, field);
  }

  /** An object inside this one; empty when it is not there. */
  public Optional<ControlBody> object(String field) {
    return switch (json.getValue(field)) {
      case null -> Optional.empty();
      case JsonObject object -> Optional.of(new ControlBody(object));
      default -> throw new ControlException(400, field, "must be an object");
    };
  }
}
