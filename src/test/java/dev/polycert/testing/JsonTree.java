package dev.polycert.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * JSON whose values are read by paths: {@code entries[0].state} is the state of the first entry,
 * {@code entries.state} is a list of the states of all.
 *
 * @param root its maps, lists, texts and numbers
 */
public record JsonTree(Object root) {

  public static JsonTree of(String json) {
    try {
      return new JsonTree(JsonHttp.JSON.readValue(json, Object.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is there; null where nothing is. */
  @SuppressWarnings("unchecked")
  public <T> T get(String path) {
    Object value = root;
    for (String step : path.replace("[", ".[").split("\\.")) {
      value = value(value, step);
    }
    return (T) value;
  }

  private static Object value(Object from, String step) {
    return switch (from) {
      case null -> null;
      case Map<?, ?> map -> map.get(step);
      case List<?> list when step.startsWith("[") ->
          index(step) < list.size() ? list.get(index(step)) : null;
      case List<?> list -> list.stream().map(each -> value(each, step)).toList();
      default -> throw new AssertionError("There is no " + step + " in " + from);
    };
  }

  private static int index(String step) {
    return Integer.parseInt(step, 1, step.length() - 1, 10);
  }

  public String text(String path) {
    Object value = get(path);
    return value == null ? null : value.toString();
  }

  public int number(String path) {
    return this.<Number>get(path).intValue();
  }

  public boolean flag(String path) {
    return get(path);
  }

  public <T> List<T> list(String path) {
    return get(path);
  }
}
