package dev.polycert.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.DeskDoors;
import dev.polycert.function.invocation.Operation;
import dev.polycert.order.Catalog;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The description of the API is what the code reads and writes. With {@code -Ddocs.write} it is
 * written anew.
 */
@QuarkusTest
class OpenApiTest {
  private static final Path FILE = Path.of("src/main/resources/openapi.json");
  private static final Path EXAMPLES = Path.of("src/test/resources/openapi/examples.json");

  private static final Path ANSWERS = Path.of("src/test/resources/openapi/answers.json");

  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Inject @All List<Operation> operations;
  @Inject Catalog catalog;

  @Test
  void theDescriptionIsMadeFromTheCode() throws IOException {
    ObjectNode made =
        new Description(
                catalog,
                Files.readString(Path.of("README.md")),
                mapper.readTree(EXAMPLES.toFile()),
                mapper.readTree(ANSWERS.toFile()))
            .of(operations);
    String text = mapper.writeValueAsString(made).replace("\r\n", "\n") + "\n";

    if (System.getProperty("docs.write") == null) {
      assertThat(Files.readString(FILE))
          .as("%s; -Ddocs.write writes it anew", FILE)
          .isEqualTo(text);
    } else {
      Files.writeString(FILE, text);
    }
  }

  /** What each scope opens is tried for each route of that table. */
  @Test
  void everyRouteIsInTheTableOfScopes() {
    assertThat(operations)
        .flatExtracting(Operation::routes)
        .extracting(route -> route.method() + " " + route.path())
        .containsExactlyInAnyOrderElementsOf(DeskDoors.SCOPES.keySet());
  }

  @Test
  void everyExampleFitsItsSchemaAndEveryRouteHasWords() throws IOException {
    JsonNode document = mapper.readTree(FILE.toFile());
    Described described = new Described(document);

    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call -> {
                          JsonNode json =
                              call.getValue().at("/requestBody/content/application~1json");
                          assertThat(call.getValue().path("description").asText())
                              .as(path.getKey())
                              .isNotEmpty();
                          JsonNode answer =
                              call.getValue().at("/responses/200/content/application~1json");
                          for (JsonNode each : List.of(json, answer)) {
                            if (!each.isMissingNode()) {
                              assertThat(each.has("example"))
                                  .as("an example of %s %s", call.getKey(), path.getKey())
                                  .isTrue();
                              assertThat(
                                      described.errors(each.path("schema"), each.path("example")))
                                  .as(path.getKey())
                                  .isEmpty();
                            }
                          }
                        }));
  }

  /** The README's table has a row for each; so has the description. */
  @Test
  void everyRouteOfTheReadmeIsDescribed() throws IOException {
    JsonNode paths = mapper.readTree(FILE.toFile()).path("paths");
    List<String> routes =
        Pattern.compile("`(GET|POST|DELETE) (/[^`]*)`(?=[^|]*\\|)")
            .matcher(
                Files.readString(Path.of("README.md"))
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .collect(Collectors.joining("\n")))
            .results()
            .map(route -> route.group(1).toLowerCase(Locale.ROOT) + " " + route.group(2))
            .map(route -> route.replace("{order or domain}", "{certificate}"))
            .distinct()
            .toList();

    assertThat(routes)
        .hasSizeGreaterThan(25)
        .allSatisfy(
            route -> {
              String[] parts = route.split(" ");
              assertThat(paths.path(parts[1]).has(parts[0])).as(route).isTrue();
            });
  }

  /** Two orders of one domain at one provider differ by their labels. */
  @Test
  void whatNamesAnOrderNamesItsLabel() throws IOException {
    List<String> without =
        mapper.readTree(FILE.toFile()).at("/components/schemas").properties().stream()
            .filter(schema -> namesAnOrder(schema.getValue().path("properties")))
            .filter(schema -> !schema.getValue().path("properties").has("label"))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(without).isEmpty();
  }

  private static boolean namesAnOrder(JsonNode members) {
    return members.has("domain")
        && members.has("provider")
        && Stream.of("id", "orderId", "order").anyMatch(members::has);
  }
}
