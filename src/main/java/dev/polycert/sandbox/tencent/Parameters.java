package dev.polycert.sandbox.tencent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The parameters that an operation takes; checked before it runs, as the vendor's gateway does. */
final class Parameters {
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();

  /** The types of the vendor's documentation. */
  enum Type {
    STRING(String.class::isInstance),
    INTEGER(value -> value instanceof Integer || value instanceof Long),
    BOOLEAN(Boolean.class::isInstance),
    STRINGS(value -> listOf(value, STRING.fits)),
    INTEGERS(value -> listOf(value, INTEGER.fits)),
    OBJECTS(value -> listOf(value, JsonObject.class::isInstance));

    private final Predicate<Object> fits;

    Type(Predicate<Object> fits) {
      this.fits = fits;
    }

    private static boolean listOf(Object value, Predicate<Object> element) {
      return value instanceof JsonArray array && array.stream().allMatch(element);
    }
  }

  private Parameters() {}

  static Parameters required(Type type, String... names) {
    Parameters parameters = new Parameters().optional(type, names);
    parameters.required.addAll(Set.of(names));
    return parameters;
  }

  static Parameters allOptional(Type type, String... names) {
    return new Parameters().optional(type, names);
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
   * @throws TencentError for unknown, missing and wrongly typed parameters
   */
  void check(JsonObject sent) {
    for (String name : sent.fieldNames()) {
      if (!types.containsKey(name)) {
        throw new TencentError(
            "UnknownParameter", "The parameter `" + name + "` is not recognized.");
      }
    }
    for (String name : required) {
      if (!sent.containsKey(name)) {
        throw new TencentError(
            "MissingParameter", "The request is missing a required parameter `" + name + "`.");
      }
    }
    for (String name : sent.fieldNames()) {
      Object value = sent.getValue(name);
      if (value == null || !types.get(name).fits.test(value)) {
        throw new TencentError(
            "InvalidParameter", "The value type of parameter `" + name + "` is not valid.");
      }
    }
  }
}
