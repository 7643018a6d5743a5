package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The parameters of an operation, checked before it runs, as by the vendor's gateway. */
final class Parameters {
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private boolean regional;

  /** The types of the vendor's documentation. */
  enum Type {
    STRING,
    INTEGER,
    BOOLEAN,
    STRINGS,
    INTEGERS,
    OBJECTS;

    private boolean fits(@Nullable Object value) {
      return switch (this) {
        case STRING -> value instanceof String;
        case INTEGER -> value instanceof Integer || value instanceof Long;
        case BOOLEAN -> value instanceof Boolean;
        case STRINGS -> listOf(value, STRING::fits);
        case INTEGERS -> listOf(value, INTEGER::fits);
        case OBJECTS -> listOf(value, JsonObject.class::isInstance);
      };
    }

    private static boolean listOf(@Nullable Object value, Predicate<Object> element) {
      return value instanceof JsonArray array && array.stream().allMatch(element);
    }
  }

  private Parameters() {}

  static Parameters required(Type type, String... names) {
    return new Parameters().andRequired(type, names);
  }

  static Parameters allOptional(Type type, String... names) {
    return new Parameters().optional(type, names);
  }

  Parameters andRequired(Type type, String... names) {
    required.addAll(Set.of(names));
    return optional(type, names);
  }

  /** The operation reads the region too, under {@link TencentApi#REGION}. */
  Parameters andRegion() {
    regional = true;
    return this;
  }

  boolean regional() {
    return regional;
  }

  Parameters optional(Type type, String... names) {
    for (String name : names) {
      types.put(name, type);
    }
    return this;
  }

  /**
   * Checks what was sent.
   *
   * @throws Refused for unknown, missing and wrongly typed parameters
   */
  void check(JsonObject sent) {
    for (String name : sent.fieldNames()) {
      if (!types.containsKey(name)) {
        throw new Refused("UnknownParameter", "The parameter `" + name + "` is not recognized.");
      }
    }
    for (String name : required) {
      if (!sent.containsKey(name)) {
        throw new Refused(
            "MissingParameter", "The request is missing a required parameter `" + name + "`.");
      }
    }
    types.forEach(
        (name, type) -> {
          if (sent.containsKey(name) && !type.fits(sent.getValue(name))) {
            throw new Refused(
                "InvalidParameter", "The value type of parameter `" + name + "` is not valid.");
          }
        });
  }
}
