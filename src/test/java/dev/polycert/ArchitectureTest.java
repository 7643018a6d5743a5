package dev.polycert;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.polycert.testing.Services;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullMarked;

/** The arrows between packages, and the rules of the house that a machine can check. */
@AnalyzeClasses(packages = "dev.polycert", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "dev.polycert";
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| [^|]+ \\| ([^|]+) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /** The floors of ARCHITECTURE.md, from the top: each package and the packages that it may use. */
  private static final Map<String, Set<String>> FLOORS = floors();

  @ArchTest
  static void noArrowOfTheTablePointsUp(JavaClasses classes) {
    List<String> packages = List.copyOf(FLOORS.keySet());
    for (int floor = 0; floor < packages.size(); floor++) {
      assertThat(packages.subList(floor + 1, packages.size()))
          .as("the packages below " + packages.get(floor))
          .containsAll(FLOORS.get(packages.get(floor)));
    }
  }

  @ArchTest
  static void theTableNamesThePackagesThatThereAre(JavaClasses classes) {
    Set<String> there =
        classes.stream()
            .map(ArchitectureTest::floor)
            .filter(floor -> !floor.isEmpty())
            .collect(toCollection(TreeSet::new));

    assertThat(new TreeSet<>(FLOORS.keySet())).isEqualTo(there);
  }

  /**
   * What is not named is not allowed, so no vendor knows another, and no package knows a vendor.
   */
  @ArchTest
  static final ArchRule arrowsPointDown =
      classes()
          .should(
              satisfy(
                  "use only the packages that ARCHITECTURE.md allows them",
                  javaClass ->
                      javaClass.getDirectDependenciesFromSelf().stream()
                          .filter(dependency -> !allowed(dependency))
                          .map(Dependency::getDescription)));

  @ArchTest
  static void everyArrowOfTheTableIsUsed(JavaClasses classes) {
    Map<String, Set<String>> used = new TreeMap<>();
    FLOORS.keySet().forEach(floor -> used.put(floor, new TreeSet<>()));
    classes.stream()
        .filter(javaClass -> !floor(javaClass).isEmpty())
        .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
        .filter(dependency -> !isWithinOne(dependency))
        .forEach(
            dependency ->
                used.get(floor(dependency.getOriginClass()))
                    .add(floor(dependency.getTargetClass().getBaseComponentType())));

    FLOORS.forEach(
        (floor, arrows) ->
            assertThat(used.get(floor)).as("arrows of " + floor).containsAll(arrows));
  }

  @ArchTest
  static final ArchRule ordersKnowNoTransport =
      noClasses()
          .that()
          .resideInAPackage("dev.polycert.order..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "software.amazon..",
                  "com.amazonaws..",
                  "jakarta.ws.rs..",
                  "io.vertx..",
                  "io.quarkus.funqy..",
                  "java.net.http.."));

  /** The vendors' own SDKs are for tests, as judges. */
  @ArchTest
  static final ArchRule noVendorSdkIsUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.tencentcloudapi..", "com.aliyun..", "com.huaweicloud..", "okhttp3..");

  /** Adding a service touches one folder: its id is written in that folder and nowhere else. */
  @ArchTest
  static final ArchRule idsAreKnownInOneFolder =
      classes()
          .should(
              satisfy(
                  "name no service of another folder by its id",
                  javaClass ->
                      constants(javaClass)
                          .filter(foreignIds(javaClass).asPredicate())
                          .map(text -> javaClass.getName() + " has \"" + text + "\"")));

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .should(
              satisfy(
                  "be in a package that is @NullMarked",
                  javaClass ->
                      Stream.of(javaClass)
                          .filter(it -> !it.getPackage().isAnnotatedWith(NullMarked.class))
                          .map(it -> it.getPackageName() + " is not @NullMarked")));

  @ArchTest
  static final ArchRule timeAndChanceAreInjected =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Environment.class)
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "time or chance of the machine", ArchitectureTest::ambient));

  @ArchTest
  static final ArchRule dependenciesComeThroughConstructors =
      noFields()
          .should()
          .beAnnotatedWith(Inject.class)
          .orShould()
          .beAnnotatedWith(ConfigProperty.class);

  /**
   * What a vendor's bean is given has to be of its own account. These hold nothing of an account,
   * or belong to a service that has only one.
   */
  private static final Set<String> OF_ALL_ACCOUNTS =
      Set.of("Authorities", "AwsEndpoints", "NameServerWriter");

  @ArchTest
  static void vendorsBeansAreGivenWhatIsOfTheirAccount(JavaClasses classes) {
    List<String> mixed =
        classes.stream()
            .filter(it -> it.getPackageName().startsWith(BASE + ".vendor."))
            .flatMap(it -> it.getConstructors().stream())
            .flatMap(
                it ->
                    it.getRawParameterTypes().stream()
                        .filter(given -> given.getPackageName().startsWith(BASE + ".vendor."))
                        .filter(given -> given.isAnnotatedWith(ApplicationScoped.class))
                        .filter(given -> !OF_ALL_ACCOUNTS.contains(given.getSimpleName()))
                        .map(given -> it.getOwner().getSimpleName() + " <- " + given.getName()))
            .toList();

    assertThat(mixed).as("beans that should be @PerAccount").isEmpty();
  }

  @ArchTest
  static final ArchRule noStaticStateChanges = fields().that().areStatic().should().beFinal();

  /**
   * Quarkus runs static initialisers while it builds the native executable, where these must not
   * exist: they hold entropy, threads or channels, or their classes are initialised at run time.
   */
  @ArchTest
  static final ArchRule nothingLiveIsStatic =
      noFields()
          .that()
          .areStatic()
          .should()
          .haveRawType(
              resideInAnyPackage("org.bouncycastle..", "org.h2..", "org.xbill..")
                  .or(JavaClass.Predicates.assignableTo(RandomGenerator.class))
                  .or(JavaClass.Predicates.assignableTo(Executor.class))
                  .or(JavaClass.Predicates.assignableTo(Thread.class)));

  /** But metrics, which CloudWatch reads there. */
  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.polycert.metric.StandardOutput")
          .should(ACCESS_STANDARD_STREAMS);

  /** Except the format of the log, which only the log manager can set. */
  @ArchTest
  static final ArchRule logsGoThroughJBossLogging =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.polycert.log")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  /** The HTTP door is no JAX-RS server: a {@code Path} is only ever a client's. */
  @ArchTest
  static final ArchRule pathsAreClients =
      classes().that().areAnnotatedWith(Path.class).should().beInterfaces().allowEmptyShould(true);

  private static Map<String, Set<String>> floors() {
    try {
      String paper = Files.readString(java.nio.file.Path.of("ARCHITECTURE.md"));
      String table =
          paper.substring(paper.indexOf("<!-- packages"), paper.indexOf("<!-- /packages"));
      Map<String, Set<String>> floors = new LinkedHashMap<>();
      ROW.matcher(table)
          .results()
          .forEach(
              row ->
                  floors.put(
                      row.group(1),
                      NAME.matcher(row.group(2))
                          .results()
                          .map(name -> name.group(1))
                          .collect(toCollection(TreeSet::new))));
      return floors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean allowed(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    return !isOurs(target)
        || floor(target).isEmpty()
        || isWithinOne(dependency)
        || FLOORS
            .getOrDefault(floor(dependency.getOriginClass()), Set.of())
            .contains(floor(target));
  }

  private static boolean isOurs(JavaClass javaClass) {
    return (javaClass.getPackageName() + ".").startsWith(BASE + ".");
  }

  /** Whether both ends are one package of the table, or of one vendor or kind of store. */
  private static boolean isWithinOne(Dependency dependency) {
    return part(dependency.getOriginClass())
        .equals(part(dependency.getTargetClass().getBaseComponentType()));
  }

  /** The package as the table names it; empty for the base itself. */
  private static String floor(JavaClass javaClass) {
    String part = part(javaClass);
    return FLOORS.containsKey(part) ? part : part.replaceFirst("\\..*", ".*");
  }

  /** The package below the base, with the next one where that is a part of its own. */
  private static String part(JavaClass javaClass) {
    String[] names = javaClass.getPackageName().substring(BASE.length()).split("\\.");
    return switch (names.length) {
      case 1 -> "";
      case 2 -> names[1];
      default -> names[1] + "." + names[2];
    };
  }

  /** Only those of several words, because the others are words of the language too. */
  private static Pattern foreignIds(JavaClass javaClass) {
    return Pattern.compile(
        Services.all().stream()
            .filter(service -> !part(javaClass).equals("vendor." + service.vendor()))
            .map(Services.Found::id)
            .filter(id -> id.contains("-"))
            .distinct()
            .collect(joining("|", "\\b(", ")\\b")));
  }

  private static boolean ambient(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    boolean now =
        owner.getPackageName().equals("java.time")
            && name.equals("now")
            && access.getTarget() instanceof CodeUnitAccessTarget unit
            && unit.getRawParameterTypes().stream().noneMatch(it -> it.isEquivalentTo(Clock.class));
    return now
        || owner.isEquivalentTo(Clock.class)
            && (name.startsWith("system") || name.startsWith("tick"))
        || owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis")
        || owner.isEquivalentTo(Math.class) && name.equals("random")
        || owner.isEquivalentTo(UUID.class) && name.equals("randomUUID")
        || owner.isEquivalentTo(RandomGenerator.class)
            && (name.equals("getDefault") || name.equals("of"))
        || owner.isAssignableTo(Random.class) && (name.equals("<init>") || name.equals("current"));
  }

  /** Every text of the class file: literals, parts of concatenations, values of annotations. */
  private static Stream<String> constants(JavaClass javaClass) {
    try (InputStream bytes = javaClass.getSource().orElseThrow().getUri().toURL().openStream()) {
      Iterable<PoolEntry> pool = ClassFile.of().parse(bytes.readAllBytes()).constantPool();
      return StreamSupport.stream(pool.spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArchCondition<JavaClass> satisfy(
      String description, Function<JavaClass, Stream<String>> violations) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        violations
            .apply(javaClass)
            .forEach(text -> events.add(SimpleConditionEvent.violated(javaClass, text)));
      }
    };
  }
}
