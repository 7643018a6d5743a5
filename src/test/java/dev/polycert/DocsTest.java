package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsWriter;
import dev.polycert.order.Catalog;
import dev.polycert.call.Descriptor;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the papers say of the providers is what their descriptors say. With {@code -Ddocs.write} the
 * generated tables are written anew.
 */
@QuarkusTest
class DocsTest {
  @Inject Catalog catalog;
  @Inject @All List<DnsWriter> writers;

  @Test
  void theProviderTableIsMadeFromTheDescriptors() {
    String table =
        Stream.concat(
                Stream.of(
                    "| provider | needs | gives | validation | keys | calls per second |",
                    "| --- | --- | --- | --- | --- | --- |"),
                catalog.descriptors().stream().map(DocsTest::row))
            .collect(Collectors.joining("\n"));

    Papers.holds("providers", table);
  }

  @Test
  void theOptionsAreMadeFromTheDescriptors() {
    String list =
        catalog.descriptors().stream().map(DocsTest::options).collect(Collectors.joining("\n"));

    Papers.holds("options", list);
  }

  @Test
  void everyVariableOfAProviderIsNamed() {
    String table = Papers.block("variables");

    assertThat(catalog.descriptors())
        .allSatisfy(
            provider ->
                assertThat(provider.credentials())
                    .allSatisfy(variable -> assertThat(table).contains("`" + variable + "`")));
  }

  @Test
  void everyDnsWriterIsInItsTableWithItsPropagation() {
    String table = Papers.block("dns-writers");

    assertThat(table.lines().skip(2).map(row -> row.split("[|]")[1].strip()))
        .containsExactlyElementsOf(
            writers.stream().map(writer -> "`" + writer.id() + "`").sorted().toList());
    assertThat(writers)
        .allSatisfy(
            writer ->
                assertThat(table.lines())
                    .anyMatch(
                        row ->
                            row.startsWith("| `" + writer.id() + "` |")
                                && row.endsWith(
                                    "| " + writer.propagation().toMinutes() + " min |")));
  }

  @Test
  void everyTestOfAPromiseIsThere() throws IOException {
    Set<String> tests;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      tests =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }

    assertThat(Papers.block("promises").lines().skip(2).map(row -> row.split("[|]")[3]))
        .allSatisfy(
            named ->
                assertThat(Pattern.compile("`([^`]+)`").matcher(named).results())
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(tests).contains(test.group(1))));
  }

  @Test
  void everyDelivererIsInItsTableWithItsOptions() {
    String table = Papers.block("deliverers");

    assertThat(table.lines().skip(2).map(row -> row.split("[|]")[1].strip()))
        .containsExactlyElementsOf(
            catalog.deliverers().keySet().stream().map(id -> "`" + id + "`").toList());
    assertThat(table.lines().skip(2).map(row -> row.split("[|]")[3].strip()))
        .containsExactlyElementsOf(
            catalog.deliverers().values().stream().map(it -> options(it.options())).toList());
  }

  private static String row(Descriptor provider) {
    return Stream.of(
            "`" + provider.id() + "` " + provider.title(),
            provider.needs(),
            provider.gives(),
            sorted(provider.validations()),
            sorted(provider.keyAlgorithms()),
            limits(provider.limits()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String options(Descriptor provider) {
    return "- `" + provider.id() + "`: " + options(provider.options());
  }

  private static String options(Map<String, String> options) {
    return new TreeMap<>(options)
        .entrySet().stream()
            .map(option -> "`" + option.getKey() + "` (" + option.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  private static String sorted(Collection<? extends Enum<?>> values) {
    return values.stream()
        .sorted(Comparator.comparing(Enum::ordinal))
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private static String limits(Map<String, Double> limits) {
    return limits.isEmpty()
        ? "none documented: 10 for each operation"
        : limits.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByKey().reversed())
            .map(
                limit ->
                    "%s %.0f"
                        .formatted(
                            limit.getKey().equals("*") ? "others" : limit.getKey(),
                            limit.getValue()))
            .collect(Collectors.joining(", "));
  }
}
