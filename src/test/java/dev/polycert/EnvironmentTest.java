package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.polycert.order.Catalog;
import dev.polycert.testing.OwnClasses;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a deployment may set is what the code reads. */
@QuarkusTest
class EnvironmentTest {
  private static final Pattern LISTED =
      Pattern.compile("^  (?:- ')?([A-Z][A-Z0-9_*]+)(?:: .*|')?$", Pattern.MULTILINE);

  /** Session tokens are optional, and so in no descriptor. */
  private static final Pattern TOKEN = Pattern.compile("\"([A-Z][A-Z0-9_]*_TOKEN)\"");

  /** DNS writers that belong to no provider have no descriptor. */
  private static final Pattern OF_WRITER =
      Pattern.compile("\"((?!POLYCERT)[A-Z0-9]+_[A-Z0-9_]+)\"");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):");

  @Inject Catalog catalog;

  @Test
  void everyVariableThatTheCodeReadsIsListedForDeploymentsAndNoOther() throws IOException {
    String file = Files.readString(Path.of("infra/environment.yml"));
    List<String> listed = found(LISTED, file).toList();
    Set<String> read = read();

    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed.stream().map(name -> generic(name, read)).collect(Collectors.toSet()))
        .isEqualTo(read);
  }

  /** What is set of one CA or one DNS writer is read of any. */
  private static String generic(String name, Set<String> read) {
    return read.contains(name)
        ? name
        : read.stream()
            .filter(any -> name.matches(any.replace("*", "[A-Z0-9_]+")))
            .findFirst()
            .orElse(name);
  }

  private Set<String> read() throws IOException {
    Stream<String> settings =
        OwnClasses.all()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .flatMap(type -> names(type.getAnnotation(ConfigMapping.class).prefix(), type))
            .map(EnvironmentTest::variable);
    Stream<String> keys = catalog.descriptors().stream().flatMap(p -> p.credentials().stream());
    String properties = Files.readString(Path.of("src/main/resources/application.properties"));
    return Stream.of(
            settings,
            keys,
            named(TOKEN, "provider"),
            named(OF_WRITER, "dns"),
            found(PLACEHOLDER, properties),
            Stream.of("QUARKUS_FUNQY_EXPORT"))
        .flatMap(names -> names)
        .collect(Collectors.toSet());
  }

  /** The settings of a mapping; those of a map's values and its values are under {@code *}. */
  private static Stream<String> names(String prefix, Class<?> mapping) {
    return Arrays.stream(mapping.getMethods())
        .filter(method -> !method.isDefault())
        .flatMap(method -> names(name(prefix, method), method.getGenericReturnType()));
  }

  private static Stream<String> names(String name, Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return names(name + ".*", generic.getActualTypeArguments()[1]);
    }
    boolean group = type instanceof Class<?> c && c.getName().startsWith("dev.polycert");
    return group && ((Class<?>) type).isInterface()
        ? names(name, (Class<?>) type)
        : Stream.of(name);
  }

  private static String name(String prefix, Method method) {
    return method.isAnnotationPresent(WithParentName.class)
        ? prefix
        : prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** As MicroProfile Config 3.1 looks for it in the environment. */
  private static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
  }

  private static Stream<String> named(Pattern pattern, String part) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/polycert", part))) {
      return files.filter(Files::isRegularFile).toList().stream()
          .flatMap(file -> found(pattern, text(file)));
    }
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
