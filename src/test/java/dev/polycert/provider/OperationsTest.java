package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit for an operation is refused where the list of operations does not have it. */
class OperationsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Pattern CALL =
      Pattern.compile(
          "\\b(?:read|write|writeSilently|ids)\\(\\s*\"(?<name>\\w+)\""
              // Jobs have an operation each to be looked at, and one for their details.
              + "|\\b[A-Z]+\\(\\s*\"(?<job>Describe\\w+)\",\\s*\"(?<detail>Describe\\w+)\"");

  static Stream<Services.Found> providers() {
    return Services.of(CertificateProvider.class).stream();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachProviderNamesTheOperationsThatItsFoldersCall(Services.Found provider) {
    assertThat(provider.descriptor().operations())
        .isNotEmpty()
        .containsExactlyElementsOf(called(provider));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eachDocumentedLimitIsOfAnOperationThatIsCalled(Services.Found provider) {
    assertThat(provider.descriptor().limits().keySet())
        .allMatch(it -> it.equals("*") || provider.descriptor().operations().contains(it));
  }

  /** A deliverer with the id of a provider calls under the provider's settings. */
  private static TreeSet<String> called(Services.Found provider) {
    Set<Path> folders =
        Services.all().stream()
            .filter(it -> it.vendor().equals(provider.vendor()) && it.id().equals(provider.id()))
            .map(it -> SOURCES.resolve(it.type().getPackageName().replace('.', '/')))
            .collect(Collectors.toSet());
    return folders.stream()
        .flatMap(OperationsTest::sources)
        .flatMap(source -> CALL.matcher(source).results())
        .flatMap(call -> Stream.of("name", "job", "detail").map(call::group))
        .filter(name -> name != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> sources(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(OperationsTest::text).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
