package dev.polycert;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullMarked;

/** The arrows between packages, and the rules of the house that a machine can check. */
@AnalyzeClasses(packages = "dev.polycert", importOptions = ArchitectureTest.ProductAndSandbox.class)
class ArchitectureTest {
  private static final String BASE = "dev.polycert";

  /** The sandbox's classes lie among those of the tests. */
  static final class ProductAndSandbox implements ImportOption {
    private static final Pattern SANDBOX =
        Pattern.compile("(dev/polycert/sandbox/[^$]+?)(\\$.*)?\\.class$");

    @Override
    public boolean includes(Location location) {
      Matcher file = SANDBOX.matcher(location.toString());
      return Predefined.DO_NOT_INCLUDE_TESTS.includes(location)
          || file.find()
              && Files.exists(java.nio.file.Path.of("src/sandbox/java", file.group(1) + ".java"));
    }
  }

  /**
   * Who may know whom. What is not named is not allowed, so nobody knows a vendor, a kind of order
   * book or the sandbox, and one vendor does not know another.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("server", Set.of("function", "order", "provider", "domain", "metric")),
          Map.entry(
              "function",
              Set.of("order", "deliver", "dns", "provider", "domain", "incident", "metric")),
          Map.entry("store.*", Set.of("store", "order", "vault", "provider", "domain")),
          Map.entry("store", Set.of("order", "vault", "provider", "domain")),
          Map.entry("order", Set.of("dns", "deliver", "provider", "domain", "incident", "metric")),
          Map.entry(
              "dns.*", Set.of("dns", "provider", "provider.http", "domain", "rate", "metric")),
          Map.entry("dns", Set.of("provider", "provider.http", "domain")),
          Map.entry(
              "deliver.*",
              Set.of("deliver", "provider", "provider.http", "domain", "rate", "metric")),
          Map.entry("deliver", Set.of("provider", "domain")),
          Map.entry(
              "provider.*",
              Set.of(
                  "provider",
                  "provider.http",
                  "dns",
                  "deliver",
                  "vault",
                  "domain",
                  "incident",
                  "rate",
                  "metric")),
          Map.entry("vault", Set.of()),
          Map.entry("provider", Set.of("domain", "rate")),
          Map.entry("sandbox", Set.of()),
          Map.entry("domain", Set.of()),
          Map.entry("incident", Set.of()),
          Map.entry("rate", Set.of()),
          Map.entry("metric", Set.of()),
          Map.entry("", Set.of()));

  @ArchTest
  static final ArchRule arrowsPointDown =
      classes()
          .should(
              satisfy(
                  "know only the parts below them",
                  javaClass ->
                      javaClass.getDirectDependenciesFromSelf().stream()
                          .filter(dependency -> !allowed(dependency))
                          .map(Dependency::getDescription)));

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

  /** Adding a provider touches one folder: its ids are written in that folder and nowhere else. */
  @ArchTest
  static final ArchRule providerIdsAreKnownInOneFolder =
      classes()
          .that()
          .resideOutsideOfPackages(
              vendorPackages(
                  "provider.tencent", "provider.alibaba", "provider.huawei", "provider.acme"))
          .and()
          .resideOutsideOfPackages(
              vendorPackages("sandbox.tencent", "sandbox.alibaba", "sandbox.huawei"))
          .should(
              satisfy(
                  "not name a provider by its id",
                  javaClass ->
                      constants(javaClass)
                          .filter(
                              Pattern.compile("\\b(tencent|alibaba|huawei)-[a-z]").asPredicate())
                          .map(text -> javaClass.getName() + " holds \"" + text + "\"")));

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

  /** But for how the log is written, which only the log manager can be told. */
  @ArchTest
  static final ArchRule logsGoThroughJBossLogging =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.polycert.function.log")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  /** The HTTP door is no JAX-RS server: a {@code Path} is only ever a client's. */
  @ArchTest
  static final ArchRule pathsAreClients =
      classes().that().areAnnotatedWith(Path.class).should().beInterfaces().allowEmptyShould(true);

  private static boolean allowed(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    if (!(target.getPackageName() + ".").startsWith(BASE + ".")) {
      return true;
    }
    String from = part(dependency.getOriginClass());
    String to = part(target);
    return from.equals(to) || mayKnow(from).contains(to);
  }

  private static Set<String> mayKnow(String part) {
    Set<String> known = ARROWS.get(part);
    if (known == null) {
      known = ARROWS.get(part.replaceFirst("\\..*", ".*"));
    }
    if (known == null) {
      throw new AssertionError("dev.polycert." + part + " has no place among the arrows");
    }
    return known;
  }

  /** The package below the base; with the next one where each implementation is a part. */
  private static String part(JavaClass javaClass) {
    String[] names = javaClass.getPackageName().substring(BASE.length()).split("\\.");
    if (names.length < 2) {
      return "";
    }
    boolean implementations = Set.of("provider", "store", "dns", "deliver").contains(names[1]);
    return implementations && names.length > 2 ? names[1] + "." + names[2] : names[1];
  }

  private static String[] vendorPackages(String... parts) {
    return Stream.of(parts).map(part -> BASE + "." + part + "..").toArray(String[]::new);
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
