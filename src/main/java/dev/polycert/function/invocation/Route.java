package dev.polycert.function.invocation;

import dev.polycert.order.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path, {@code GET /orders/{id}}; a segment in braces matches any one segment.
 *
 * @param method upper case
 * @param scope the scope that a caller needs for the route; a member of the request may need a
 *     further one
 */
public record Route(String method, String path, Scope scope) {

  /** The parameters in a path that matches this route; the method does not matter. */
  public Optional<Map<String, String>> match(String requested) {
    List<String> expected = segments(path);
    List<String> actual = segments(requested);
    if (expected.size() != actual.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      String segment = expected.get(i);
      if (segment.startsWith("{")) {
        parameters.put(segment.substring(1, segment.length() - 1), actual.get(i));
      } else if (!segment.equals(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** The segments that are not empty, so that a trailing slash does not matter. */
  private static List<String> segments(String path) {
    return List.of(path.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
