package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.netty.handler.ssl.SslContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What a native build cannot find out by itself, and does not complain of either. */
@AnalyzeClasses(packages = "dev.polycert", importOptions = ImportOption.DoNotIncludeTests.class)
class NativeReadinessTest {
  private static final String BASE = "dev.polycert.";
  private static final String LAMBDA_RUNTIME = "io.quarkus.amazon.lambda.runtime";
  private static final String FUNQY_RECORDER = "io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder";

  /** What starts threads, opens something, or is not the same at every start. */
  private static final Pattern NOT_AT_BUILD_TIME =
      Pattern.compile(
          "java\\.security\\.(SecureRandom|KeyStore)|java\\.util\\.(Random|Timer|UUID)"
              + "|java\\.time\\.(Clock|Instant)|java\\.lang\\.Thread"
              + "|java\\.util\\.concurrent\\.(Executors|ThreadLocalRandom)"
              + "|java\\.net\\.(Socket|InetAddress|http\\..*)|java\\.nio\\.channels\\..*"
              + "|java\\.nio\\.file\\.Files|javax\\.net\\.ssl\\..*|io\\.vertx\\..*"
              + "|software\\.amazon\\..*");

  @ArchTest
  static void whatJacksonReadsOrWritesIsRegisteredForReflection(JavaClasses classes) {
    Set<String> used = withParts(roots(classes), BASE);

    assertThat(used)
        .as("the search finds what is known to be there")
        .contains(
            BASE + "order.Order",
            BASE + "function.ApplyFunction$Answer",
            BASE + "function.read.InvalidInput$FieldError",
            BASE + "vendor.tencent.ssl.SslApi$DescribeCertificatesRequest",
            BASE + "vendor.alibaba.esa.EsaApi$Site");
    assertThat(registered(classes)).containsAll(used);
  }

  /**
   * The classes that the Lambda runtime of Quarkus constructs or names for Jackson, by its byte
   * code. Quarkus registers them without constructors, methods and fields, or not at all.
   */
  @ArchTest
  static void whatTheLambdaRuntimeReadsOrWritesIsRegisteredForReflection(JavaClasses classes) {
    JavaClasses runtime = new ClassFileImporter().importPackages(LAMBDA_RUNTIME);
    Set<JavaClass> roots =
        runtime.stream()
            .flatMap(
                type ->
                    Stream.concat(
                        type.getConstructorCallsFromSelf().stream().map(JavaAccess::getTargetOwner),
                        type.getReferencedClassObjects().stream()
                            .map(ReferencedClassObject::getRawType)))
            .filter(NativeReadinessTest::isBeanOfTheRuntime)
            .collect(Collectors.toSet());
    Set<String> used = withParts(roots, LAMBDA_RUNTIME);

    assertThat(used)
        .as("the search finds what is known to be there")
        .contains(
            LAMBDA_RUNTIME + ".FunctionError",
            LAMBDA_RUNTIME + ".ClientContextImpl",
            LAMBDA_RUNTIME + ".ClientImpl");
    assertThat(registered(classes)).containsAll(used);
  }

  /** Jackson makes a bean by its constructor without parameters. */
  private static boolean isBeanOfTheRuntime(JavaClass type) {
    return type.getPackageName().equals(LAMBDA_RUNTIME)
        && type.tryGetConstructor().isPresent()
        && type.getMethods().stream().anyMatch(method -> method.getName().startsWith("set"));
  }

  @ArchTest
  static void staticInitialisersDoNothingThatTheBuildMustNotDo(JavaClasses classes) {
    assertThat(classes.stream())
        .flatExtracting(type -> type.getStaticInitializer().stream().toList())
        .flatExtracting(JavaStaticInitializer::getAccessesFromSelf)
        .isNotEmpty()
        .filteredOn(
            access -> NOT_AT_BUILD_TIME.matcher(access.getTargetOwner().getName()).matches())
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  @Test
  void resourcesOfTheExecutableAreThere() throws IOException {
    Set<String> present = classPathEntries();

    assertThat(setting("quarkus.native.resources.includes"))
        .isNotEmpty()
        .allSatisfy(
            glob ->
                assertThat(present)
                    .as(glob)
                    .anyMatch(
                        entry ->
                            FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(entry))));
  }

  @Test
  void librariesThatAreInitialisedAtRunTimeAreThere() throws IOException {
    Set<String> present = classPathEntries();

    assertThat(setting("quarkus.native.additional-build-args"))
        .filteredOn(argument -> argument.startsWith("--initialize-at-run-time="))
        .isNotEmpty()
        .extracting(argument -> argument.split("=", 2)[1].replace('.', '/'))
        .allSatisfy(
            name ->
                assertThat(present)
                    .as(name)
                    .anyMatch(e -> e.startsWith(name + "/") || e.equals(name + ".class")));
  }

  @Test
  void whatIsSubstitutedInNettyIsThere() throws ReflectiveOperationException {
    List<Method> methods = List.of(unloaded(BASE + "call.NettySslContext").getDeclaredMethods());

    assertThat(methods).hasSize(2);
    for (Method method : methods) {
      assertThat(SslContext.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
          .returns(method.getReturnType(), Method::getReturnType);
    }
  }

  @Test
  void whatIsSubstitutedInFunqyIsThere() throws ReflectiveOperationException {
    Class<?> recorder = unloaded(FUNQY_RECORDER);
    Class<?> loop = unloaded(FUNQY_RECORDER + "$1");
    List<Method> ours = List.of(unloaded(BASE + "server.FunqyPolling").getDeclaredMethods());
    Constructor<?> alias = unloaded(BASE + "server.FunqyPollLoop").getDeclaredConstructors()[0];

    assertThat(ours).hasSize(1);
    Method start = ours.getFirst();
    assertThat(recorder.getDeclaredMethod(start.getName(), start.getParameterTypes()))
        .returns(start.getReturnType(), Method::getReturnType)
        .returns(start.getModifiers(), Method::getModifiers);
    assertThat(loop.getDeclaredConstructor(alias.getParameterTypes())).isNotNull();
    assertThat(loop.getSuperclass().getName())
        .isEqualTo(LAMBDA_RUNTIME + ".AbstractLambdaPollLoop");
  }

  private Class<?> unloaded(String name) throws ClassNotFoundException {
    return Class.forName(name, false, getClass().getClassLoader());
  }

  /** Records with annotations of Jackson, requests and answers, and what readers are given. */
  private static Set<JavaClass> roots(JavaClasses classes) {
    Stream<JavaClass> annotated = classes.stream().filter(NativeReadinessTest::knowsJackson);
    Stream<JavaClass> requests =
        in(classes, "vendor.").filter(t -> t.getName().endsWith("Request"));
    Stream<JavaClass> answers = in(classes, "function").filter(t -> t.getName().endsWith("Answer"));
    Stream<JavaClass> read =
        Stream.concat(in(classes, "vendor."), in(classes, "store"))
            .flatMap(type -> type.getReferencedClassObjects().stream())
            .map(ReferencedClassObject::getRawType);
    return Stream.of(annotated, requests, answers, read)
        .flatMap(types -> ours(types).stream())
        .collect(Collectors.toSet());
  }

  /** The records of one search, which must find some: else it looks at the wrong place. */
  private static Set<JavaClass> ours(Stream<JavaClass> types) {
    Set<JavaClass> records =
        types
            .filter(type -> isRecord(type) && type.getName().startsWith(BASE))
            .collect(Collectors.toSet());
    assertThat(records).isNotEmpty();
    return records;
  }

  private static Stream<JavaClass> in(JavaClasses classes, String part) {
    return classes.stream().filter(type -> type.getPackageName().startsWith(BASE + part));
  }

  private static boolean isRecord(JavaClass type) {
    return type.isAssignableTo(Record.class);
  }

  private static boolean knowsJackson(JavaClass type) {
    Predicate<HasAnnotations<?>> annotated =
        element ->
            element.getAnnotations().stream()
                .anyMatch(a -> a.getRawType().getName().startsWith("com.fasterxml.jackson"));
    return annotated.test(type) || type.getMembers().stream().anyMatch(annotated);
  }

  /** The types, those of their fields and so on; enums need no registration. */
  private static Set<String> withParts(Set<JavaClass> roots, String base) {
    Set<JavaClass> all = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      JavaClass type = open.pop();
      if (all.add(type)) {
        type.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .flatMap(NativeReadinessTest::types)
            .filter(part -> part.getName().startsWith(base) && !part.isEnum())
            .forEach(open::push);
      }
    }
    return all.stream().map(JavaClass::getName).collect(Collectors.toSet());
  }

  private static Stream<JavaClass> types(JavaField field) {
    return field.getType().getAllInvolvedRawTypes().stream();
  }

  private static Set<String> registered(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
        .map(JavaClass::reflect)
        .flatMap(NativeReadinessTest::registeredBy)
        .collect(Collectors.toSet());
  }

  /** Targets instead of the annotated class, where there are any, else all that is nested too. */
  private static Stream<String> registeredBy(Class<?> type) {
    RegisterForReflection registration = type.getAnnotation(RegisterForReflection.class);
    assertThat(registration.methods() && registration.fields()).isTrue();
    if (registration.targets().length + registration.classNames().length > 0) {
      return Stream.concat(
          Arrays.stream(registration.targets()).map(Class::getName),
          Arrays.stream(registration.classNames()));
    }
    return registration.ignoreNested() ? Stream.of(type.getName()) : withNested(type);
  }

  private static Stream<String> withNested(Class<?> type) {
    return Stream.concat(
        Stream.of(type.getName()),
        Arrays.stream(type.getDeclaredClasses()).flatMap(NativeReadinessTest::withNested));
  }

  private static Set<String> setting(String name) throws IOException {
    Properties settings = new Properties();
    try (InputStream file =
        Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }
    return Set.of(settings.getProperty(name, "").split(","));
  }

  private static Set<String> classPathEntries() throws IOException {
    Set<String> entries = new HashSet<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (element.endsWith(".jar")) {
        try (ZipFile jar = new ZipFile(element)) {
          jar.stream().map(ZipEntry::getName).forEach(entries::add);
        }
      } else if (Files.isDirectory(Path.of(element))) {
        Path folder = Path.of(element);
        try (Stream<Path> files = Files.walk(folder)) {
          files.map(file -> folder.relativize(file).toString()).forEach(entries::add);
        }
      }
    }
    return entries;
  }
}
