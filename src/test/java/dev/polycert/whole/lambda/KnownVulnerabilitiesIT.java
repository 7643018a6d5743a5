package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Nothing that the artifact is made of has a vulnerability in the list beside the tests. The list
 * is as old as its first line says: no build needs a network, and target/bom.json tells a scanner
 * the same with newer lists.
 */
class KnownVulnerabilitiesIT {
  private static final Path LIST = Path.of("src/test/resources/advisories.tsv");
  private static final Path BOM = Path.of("target/bom.json");

  /** Those that cannot harm here, each with why. */
  private static final Map<String, String> HARMLESS =
      Map.of("CVE-2026-118489", "is of CachingWebClient, which nothing here makes");

  private record Advisory(String component, Version introduced, Version fixed, String id) {

    static Advisory of(String line) {
      String[] columns = line.split("\t");
      return new Advisory(
          columns[0], Version.parse(columns[1]), Version.parse(columns[2]), columns[3]);
    }

    boolean affects(String name, Version version) {
      return component.equals(name)
          && version.compareTo(introduced) >= 0
          && version.compareTo(fixed) < 0;
    }
  }

  @Test
  void noComponentHasOne() throws IOException {
    List<Advisory> advisories = advisories();
    Map<String, Version> components = components();

    assertThat(components).hasSizeGreaterThan(100);
    assertThat(components)
        .allSatisfy(
            (name, version) ->
                assertThat(advisories)
                    .filteredOn(advisory -> advisory.affects(name, version))
                    .extracting(Advisory::id)
                    .as(name + " " + version)
                    .isSubsetOf(HARMLESS.keySet()));
  }

  @Test
  void theListIsOfWhatIsThere() throws IOException {
    Map<String, Version> components = components();

    assertThat(advisories()).extracting(Advisory::component).isSubsetOf(components.keySet());
    assertThat(advisories())
        .filteredOn(
            advisory ->
                advisory.affects(advisory.component(), components.get(advisory.component())))
        .extracting(Advisory::id)
        .as("whatever is excused, and no more")
        .containsExactlyInAnyOrderElementsOf(HARMLESS.keySet());
  }

  @Test
  void whatHasOneIsFound() throws IOException {
    assertThat(advisories())
        .filteredOn(
            advisory -> advisory.affects("io.netty:netty-handler", Version.parse("4.1.132.Final")))
        .extracting(Advisory::id)
        .contains("CVE-2026-50010");
    assertThat(advisories())
        .noneMatch(
            advisory -> advisory.affects("io.netty:netty-handler", Version.parse("4.1.139.Final")));
  }

  private static List<Advisory> advisories() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Advisory::of)
        .toList();
  }

  private static Map<String, Version> components() throws IOException {
    Map<String, Version> components = new TreeMap<>();
    for (JsonNode component : new ObjectMapper().readTree(BOM.toFile()).get("components")) {
      components.put(
          component.get("group").textValue() + ":" + component.get("name").textValue(),
          Version.parse(component.get("version").textValue()));
    }
    return components;
  }
}
