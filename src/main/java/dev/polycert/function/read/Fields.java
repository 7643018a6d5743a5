package dev.polycert.function.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.function.read.InvalidInput.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object into values and collects everything that is wrong with them,
 * so that one answer names it all. A reader that has read all members calls {@link #finish}, which
 * also reports the members that it does not know.
 */
public final class Fields {
  /** Bounds the answer to a hostile request; no person reads more errors than this. */
  private static final int MAX_ERRORS = 1000;

  /** The limit of texts that have no limit of their own, in bytes. */
  private static final int LONGEST_TEXT = 1024;

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final JsonNode object;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fields> inner = new ArrayList<>();

  private Fields(JsonNode object, String path, List<FieldError> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /**
   * Starts to read a request.
   *
   * @throws InvalidInput when it is not an object
   */
  public static Fields of(JsonNode input) {
    if (!input.isObject()) {
      throw InvalidInput.whole("A JSON object is expected, not " + kind(input) + ".");
    }
    return new Fields(input, "", new ArrayList<>());
  }

  /** Whether the member is there and not null. */
  public boolean has(String name) {
    return !get(name).isNull();
  }

  /** A text that is neither blank nor too long; null when it is left out. */
  public @Nullable String text(String name) {
    return text(name, LONGEST_TEXT);
  }

  /**
   * As above.
   *
   * @param most bytes of {@link #size}
   */
  public @Nullable String text(String name, int most) {
    JsonNode value = get(name);
    String text = value.isNull() ? null : text(path(name), value);
    return text == null ? null : bounded(name, text, most);
  }

  private @Nullable String bounded(String name, String text, int most) {
    int size = size(text);
    if (size > most) {
      error(name, "is too long: it takes %d bytes, and there is room for %d".formatted(size, most));
      return null;
    }
    return text;
  }

  /** How many bytes a text takes in a stored order, as JSON. */
  public static int size(String text) {
    return JsonNodeFactory.instance.textNode(text).toString().getBytes(UTF_8).length - 2;
  }

  /** Whether the member is an array without entries. */
  boolean isEmptyArray(String name) {
    JsonNode value = get(name);
    return value.isArray() && value.isEmpty();
  }

  /**
   * A truth value; null when it is left out. A JSON null is refused, because a caller who computes
   * it may mean either.
   */
  public @Nullable Boolean flag(String name) {
    JsonNode value = get(name);
    if (object.has(name) && !value.isBoolean()) {
      error(name, "expected true or false, got " + kind(value));
    }
    return value.isBoolean() ? (Boolean) value.booleanValue() : null;
  }

  /** A whole number in a closed range, or its digits as text, because a query has only texts. */
  public int number(String name, int from, int to, int otherwise) {
    JsonNode value = get(name);
    if (value.isNull()) {
      return otherwise;
    }
    boolean digits = value.isTextual() && value.textValue().matches("[0-9]{1,9}");
    if ((!digits && !value.canConvertToInt()) || value.isFloatingPointNumber()) {
      error(name, "expected a whole number from %d to %d".formatted(from, to));
      return otherwise;
    }
    int number = digits ? Integer.parseInt(value.textValue()) : value.intValue();
    if (number < from || number > to) {
      error(name, "expected a number from %d to %d, got %d".formatted(from, to, number));
    }
    return number;
  }

  /** One of an enumeration's names; null when it is left out. */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    String all =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    error(name, "%s is none of %s".formatted(quote(text), all));
    return null;
  }

  /** A moment, ISO 8601 with an offset, or the beginning of a day in UTC; null when left out. */
  public @Nullable Instant instant(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return DAY.matcher(text).matches()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      error(name, quote(text) + " is no moment such as 2026-01-02T03:04:05Z or 2026-01-02");
      return null;
    }
  }

  /**
   * An array of texts, each by its path ({@code domains[3]}); reports and skips entries that are no
   * text. Null when the member is left out.
   */
  public @Nullable Map<String, String> texts(String name, int max) {
    JsonNode array = get(name);
    if (array.isNull()) {
      return null;
    }
    if (!array.isArray()) {
      error(name, "expected an array of strings, got " + kind(array));
      return Map.of();
    }
    if (array.isEmpty() || array.size() > max) {
      error(name, "expected 1 to %d entries, got %d".formatted(max, array.size()));
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < array.size(); i++) {
      String at = path(name) + "[" + i + "]";
      String text = text(at, array.get(i));
      if (text != null) {
        texts.put(at, text);
      }
    }
    return texts;
  }

  /** A member that is an object; without members when it is left out. */
  public Fields object(String name) {
    JsonNode value = get(name);
    if (!value.isNull() && !value.isObject()) {
      error(name, "expected an object, got " + kind(value));
    }
    JsonNode object = value.isObject() ? value : JsonNodeFactory.instance.objectNode();
    Fields fields = new Fields(object, path(name), errors);
    inner.add(fields);
    return fields;
  }

  /** An array of objects; empty when it is left out. */
  public List<Fields> objects(String name, int max) {
    JsonNode array = get(name);
    if (array.isNull()) {
      return List.of();
    }
    if (!array.isArray() || array.size() > max) {
      error(name, "expected an array of at most %d objects".formatted(max));
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String at = path(name) + "[" + i + "]";
      if (array.get(i).isObject()) {
        Fields fields = new Fields(array.get(i), at, errors);
        inner.add(fields);
        objects.add(fields);
      } else {
        errorAt(at, "expected an object, got " + kind(array.get(i)));
      }
    }
    return objects;
  }

  /** The names of the members, for an object whose names are data. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    known.addAll(names);
    return names;
  }

  /**
   * A text, number or truth value as text, for options that a vendor defines.
   *
   * @param most bytes of {@link #size}
   */
  public @Nullable String scalar(String name, int most) {
    JsonNode value = get(name);
    if (value.isTextual()) {
      return text(name, most);
    }
    if (!value.isNumber() && !value.isBoolean()) {
      error(name, "expected a string, a number, true or false, got " + kind(value));
      return null;
    }
    return bounded(name, value.asText(), most);
  }

  /** Reports an error of a member. */
  public void error(String name, String message) {
    errorAt(path(name), message);
  }

  /** Reports an error at a path that {@link #texts} returned. */
  public void errorAt(String fullPath, String message) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(new FieldError(fullPath, message));
    }
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidInput when anything was wrong
   */
  public void finish() {
    reportUnknown();
    if (!errors.isEmpty()) {
      throw InvalidInput.of(errors);
    }
  }

  /** Quotes a text of the caller in an error; a long one is cut off. */
  public static String quote(String text) {
    return '"' + abbreviate(text) + '"';
  }

  private void reportUnknown() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                errorAt(path(abbreviate(name)), "unknown; " + Nearest.hint(name, known));
              }
            });
    inner.forEach(Fields::reportUnknown);
  }

  private @Nullable String text(String fullPath, JsonNode value) {
    if (!value.isTextual()) {
      errorAt(fullPath, "expected a string, got " + kind(value));
      return null;
    }
    if (value.textValue().isBlank()) {
      errorAt(fullPath, "is blank");
      return null;
    }
    return value.textValue();
  }

  /** The member; a null node when it is left out. */
  private JsonNode get(String name) {
    known.add(name);
    JsonNode value = object.get(name);
    return value == null ? JsonNodeFactory.instance.nullNode() : value;
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String abbreviate(String name) {
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > 64 ? printable.substring(0, 64) + "…" : printable;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> value.asText();
      case NULL -> "null";
      case MISSING -> "nothing";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING, BINARY, POJO -> "a string";
    };
  }
}
