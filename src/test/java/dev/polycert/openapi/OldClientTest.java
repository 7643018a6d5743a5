package dev.polycert.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that was written by the recorded description works with the served API: the API still
 * takes its requests, and still answers with the members that it reads. The recorded description is
 * replaced only where a release breaks with such clients.
 */
class OldClientTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void whatIsServedKeepsWhatAnOldClientKnows() throws IOException {
    assertThat(breaks(read("src/test/resources/openapi/recorded.json"), served())).isEmpty();
  }

  /** The comparison notices each kind of break. */
  @ParameterizedTest
  @CsvSource({
    "/paths, /renew, POST /renew is gone",
    "/paths/~1orders~1{id}/get/parameters, 0, GET /orders/{id}: the parameter id is gone",
    "/components/schemas/apply-request/properties/strategy/enum, 0,"
        + " POST /apply: request: strategy: no longer takes ALL",
    "/components/schemas/cancel-request/properties, reason,"
        + " POST /cancel: request: reason is gone",
    "/components/schemas/OrderView/properties, domain,"
        + " GET /orders: answer: orders[]: domain is gone"
  })
  void aBreakIsNoticed(String at, String removed, String says) throws IOException {
    JsonNode now = served();
    switch (now.at(at)) {
      case ObjectNode object -> object.remove(removed);
      case ArrayNode array -> array.remove(Integer.parseInt(removed));
      default -> throw new AssertionError(at);
    }

    assertThat(breaks(served(), now)).contains(says);
  }

  @Test
  void aNewMemberThatRequestsMustHaveIsNoticed() throws IOException {
    JsonNode now = served();
    ((ArrayNode) now.at("/components/schemas/apply-request/required")).add("label");

    assertThat(breaks(served(), now)).containsExactly("POST /apply: request: now needs label");
  }

  private static JsonNode served() throws IOException {
    return read("src/main/resources/openapi.json");
  }

  private static JsonNode read(String file) throws IOException {
    return MAPPER.readTree(Path.of(file).toFile());
  }

  private static List<String> breaks(JsonNode before, JsonNode now) {
    List<String> breaks = new ArrayList<>();
    each(
        before.path("paths"),
        (path, methods) ->
            each(
                methods,
                (method, call) -> {
                  String route = method.toUpperCase(Locale.ROOT) + " " + path;
                  JsonNode same = now.path("paths").path(path).path(method);
                  if (same.isMissingNode()) {
                    breaks.add(route + " is gone");
                  } else {
                    new Comparison(before, now, breaks).calls(route, call, same);
                  }
                }));
    return breaks;
  }

  private static void each(JsonNode object, BiConsumer<String, JsonNode> work) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      work.accept(member.getKey(), member.getValue());
    }
  }

  private record Comparison(JsonNode before, JsonNode now, List<String> breaks) {

    void calls(String route, JsonNode call, JsonNode same) {
      for (JsonNode parameter : call.path("parameters")) {
        String name = parameter.path("name").asText();
        JsonNode other = named(same.path("parameters"), name);
        if (other.isMissingNode()) {
          breaks.add(route + ": the parameter " + name + " is gone");
        } else {
          sent(route + ": " + name, parameter.path("schema"), other.path("schema"));
        }
      }
      for (JsonNode parameter : same.path("parameters")) {
        String name = parameter.path("name").asText();
        if (parameter.path("required").asBoolean()
            && !named(call.path("parameters"), name).path("required").asBoolean()) {
          breaks.add(route + ": now needs the parameter " + name);
        }
      }
      String json = "/content/application~1json/schema";
      sent(
          route + ": request",
          call.path("requestBody").at(json),
          same.path("requestBody").at(json));
      each(
          call.path("responses"),
          (status, response) ->
              each(
                  response.path("content"),
                  (type, content) ->
                      answered(
                          route + ": answer",
                          content.path("schema"),
                          same.path("responses")
                              .path(status)
                              .path("content")
                              .path(type)
                              .path("schema"),
                          new HashSet<>())));
    }

    private static JsonNode named(JsonNode parameters, String name) {
      for (JsonNode parameter : parameters) {
        if (parameter.path("name").asText().equals(name)) {
          return parameter;
        }
      }
      return MAPPER.missingNode();
    }

    /** The API still takes everything that a client could send. */
    private void sent(String where, JsonNode old, JsonNode schema) {
      JsonNode was = resolved(before, old);
      JsonNode is = resolved(now, schema);
      if (was.isMissingNode()) {
        return;
      }
      sameType(where, was, is);
      for (JsonNode value : was.path("enum")) {
        if (is.has("enum") && !contains(is.path("enum"), value)) {
          breaks.add(where + ": no longer takes " + value.asText());
        }
      }
      for (JsonNode name : is.path("required")) {
        if (!contains(was.path("required"), name)) {
          breaks.add(where + ": now needs " + name.asText());
        }
      }
      for (String most : List.of("maxItems", "maximum")) {
        if (is.has(most) && is.path(most).asLong() < was.path(most).asLong(Long.MAX_VALUE)) {
          breaks.add(where + ": now has a smaller " + most);
        }
      }
      each(
          was.path("properties"),
          (name, member) -> {
            if (!is.path("properties").has(name)) {
              breaks.add(where + ": " + name + " is gone");
            } else {
              sent(where + ": " + name, member, is.path("properties").path(name));
            }
          });
      sent(where + "[]", was.path("items"), is.path("items"));
    }

    /** The API still answers with everything that a client could read. */
    private void answered(String where, JsonNode old, JsonNode schema, Set<String> seen) {
      if (old.has("$ref") && !seen.add(old.path("$ref").asText())) {
        return;
      }
      JsonNode was = resolved(before, old);
      JsonNode is = resolved(now, schema);
      if (was.isMissingNode()) {
        return;
      }
      sameType(where, was, is);
      for (JsonNode name : was.path("required")) {
        if (!contains(is.path("required"), name) && is.path("properties").has(name.asText())) {
          breaks.add(where + ": " + name.asText() + " may be left out now");
        }
      }
      each(
          was.path("properties"),
          (name, member) -> {
            if (!is.path("properties").has(name)) {
              breaks.add(where + ": " + name + " is gone");
            } else {
              answered(where + ": " + name, member, is.path("properties").path(name), seen);
            }
          });
      answered(where + "[]", was.path("items"), is.path("items"), seen);
    }

    private void sameType(String where, JsonNode was, JsonNode is) {
      if (!was.path("type").equals(is.path("type"))) {
        breaks.add(where + ": was " + was.path("type") + " and is " + is.path("type"));
      }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
      for (JsonNode each : values) {
        if (each.equals(value)) {
          return true;
        }
      }
      return false;
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
      String reference = schema.path("$ref").asText("");
      return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }
  }
}
