package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.polycert.call.Descriptor;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.testing.OwnClasses;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.inject.Inject;
import java.io.IOException;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a deployment may set is what the code reads. With {@code -Ddocs.write} the lists of what
 * stays as the code has it, and of all that is read, are written anew.
 */
@QuarkusTest
class EnvironmentTest {
  private static final Path LIST = Path.of("infra/environment.yml");
  private static final Path KNOWN = Path.of("src/main/resources/settings.txt");
  private static final Path SOURCES = Path.of("src/main/java");

  /** The last part of the file. */
  private static final String DEFAULT = "\ndefault:\n";

  private static final Pattern SET =
      Pattern.compile("^  (?:- ')?([A-Z][A-Z0-9_]+)(?:: .*|')$", Pattern.MULTILINE);

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):");

  @Inject @All List<CertificateProvider> providers;
  @Inject @All List<DnsWriter> writers;
  @Inject @All List<Deliverer> deliverers;

  @Test
  void whatIsSetIsRead() throws IOException {
    assertThat(set())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(read()).anyMatch(read -> covers(read, name)));
  }

  @Test
  void whatIsReadAndNotSetIsListed() throws IOException {
    Set<String> left = read();
    set().forEach(left::remove);
    String list = left.stream().map(name -> "  - '" + name + "'\n").collect(Collectors.joining());
    String file = Files.readString(LIST);
    int begin = file.indexOf(DEFAULT) + DEFAULT.length();

    if (System.getProperty("docs.write") == null) {
      assertThat(file.substring(begin))
          .as("the default of %s; -Ddocs.write writes it anew", LIST)
          .isEqualTo(list);
    } else {
      Files.writeString(LIST, file.substring(0, begin) + list);
    }
  }

  /** By this list the start recognises what nothing reads. */
  @Test
  void theStartKnowsWhatIsRead() throws IOException {
    String read = String.join("\n", read()) + "\n";

    if (System.getProperty("docs.write") == null) {
      assertThat(Files.readString(KNOWN))
          .as("%s; -Ddocs.write writes it anew", KNOWN)
          .isEqualTo(read);
    } else {
      Files.writeString(KNOWN, read);
    }
  }

  /** What deployments set, for all functions or some. */
  private static List<String> set() throws IOException {
    String file = Files.readString(LIST);
    return found(SET, file.substring(0, file.indexOf(DEFAULT))).toList();
  }

  /** What is set of one CA or one DNS writer is read of any. */
  private static boolean covers(String read, String name) {
    return name.matches(read.replace("*", "[A-Z0-9_]+"));
  }

  private SortedSet<String> read() throws IOException {
    Stream<String> settings =
        OwnClasses.all()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .filter(EnvironmentTest::isOfTheProduct)
            .map(JavaClass::reflect)
            .flatMap(type -> names(type.getAnnotation(ConfigMapping.class).prefix(), type))
            .map(EnvironmentTest::variable);
    Stream<String> keys =
        Stream.of(
                providers.stream().map(CertificateProvider::service),
                writers.stream().map(DnsWriter::service),
                deliverers.stream().map(Deliverer::service))
            .flatMap(services -> services)
            .flatMap(service -> service.descriptor().variables().stream())
            .map(Descriptor.Variable::name);
    String properties = Files.readString(Path.of("src/main/resources/application.properties"));
    return Stream.of(
            settings, keys, found(PLACEHOLDER, properties), Stream.of("QUARKUS_FUNQY_EXPORT"))
        .flatMap(names -> names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In development the sandbox is among the application's classes. */
  private static boolean isOfTheProduct(JavaClass type) {
    return Files.exists(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
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

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1));
  }
}
