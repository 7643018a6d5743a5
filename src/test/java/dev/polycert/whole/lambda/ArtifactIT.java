package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged artifact holds what it uses, and little else. */
class ArtifactIT {
  private static final long MOST_BYTES = 28_000_000;
  private static final long MOST_BYTES_NATIVE = 24_000_000;

  @TempDir static Path temporary;
  private static Artifact artifact;

  @BeforeAll
  static void unpack() throws Exception {
    artifact = Artifact.unpack(temporary.resolve("task"));
  }

  @Test
  void isSmall() throws IOException {
    long most = artifact.isNative() ? MOST_BYTES_NATIVE : MOST_BYTES;

    assertThat(Files.size(Artifact.ZIP)).isLessThanOrEqualTo(most);
  }

  @Test
  void holdsOfLargeLibrariesOnlyWhatIsUsed() throws IOException {
    assumeThat(artifact.isNative()).as("a native executable has no jars").isFalse();

    assertThat(entries("com.ibm.icu.icu4j-"))
        .contains("com/ibm/icu/text/IDNA.class")
        .filteredOn(entry -> entry.startsWith("com/ibm/icu/impl/data/"))
        .extracting(entry -> entry.substring(entry.lastIndexOf('/') + 1))
        .containsExactlyInAnyOrder("nfc.nrm", "ubidi.icu", "ucase.icu", "uprops.icu", "uts46.nrm");
    assertThat(entries("org.bouncycastle.bcprov-"))
        .contains("org/bouncycastle/asn1/x509/Extension.class")
        .noneMatch(
            entry -> entry.matches("org/bouncycastle/jcajce/provider/symmetric/\\w+\\.class"));
    assertThat(entries("com.google.guava.guava-"))
        .contains("com/google/common/net/InternetDomainName.class")
        .noneMatch(entry -> entry.startsWith("com/google/common/graph/"));
  }

  /** Those who judge how names are read judge the libraries as they are packaged, too. */
  @ParameterizedTest
  @ValueSource(strings = {"IdnaConformanceTest", "IdnaJudgeTest"})
  void namesAreReadAsByTheWholeLibrary(String judge) throws Exception {
    assumeThat(artifact.isNative()).as("a native executable has no jars").isFalse();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader packaged = new URLClassLoader(packagedWithTests(), platform)) {
      Class<?> type = packaged.loadClass("dev.polycert.domain." + judge);
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      List<Method> tests = Stream.of(type.getDeclaredMethods()).filter(ArtifactIT::isTest).toList();
      assertThat(tests).isNotEmpty();
      for (Method test : tests) {
        test.setAccessible(true);
        test.invoke(constructor.newInstance());
      }
    }
  }

  private static URL[] packagedWithTests() throws IOException {
    Stream<Path> others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(element -> !element.matches(".*/(icu4j|guava|bc\\w+-jdk18on)-[^/]*\\.jar"))
            .map(Path::of);
    List<URL> urls = new ArrayList<>();
    for (Path element : Stream.concat(jars().stream(), others).toList()) {
      urls.add(element.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** By name, because another class loader has loaded the annotation. */
  private static boolean isTest(Method method) {
    return Stream.of(method.getAnnotations())
        .anyMatch(it -> it.annotationType().getName().equals(Test.class.getName()));
  }

  /** By the JDK's own tool: what is left out is missed nowhere. */
  @Test
  void whatIsLeftOutIsReferredToNowhere() throws IOException {
    assumeThat(artifact.isNative()).as("a native executable has no jars").isFalse();
    Path all = temporary.resolve("all.jar");
    writeAllClassesTo(all);
    StringWriter told = new StringWriter();
    PrintWriter output = new PrintWriter(told);

    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(output, output, "--missing-deps", all.toString());

    assertThat(told.toString()).as("of libraries that are optional").contains("not found");
    assertThat(told.toString().lines().filter(ArtifactIT::isOfATrimmedLibrary)).isEmpty();
  }

  /** In one jar without modules, because jdeps looks for the modules that others require. */
  private static void writeAllClassesTo(Path all) throws IOException {
    Set<String> written = new HashSet<>();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(all))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path jar : jars()) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            boolean plain = !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
            if (name.endsWith(".class") && plain && written.add(name)) {
              out.putNextEntry(new ZipEntry(name));
              zip.getInputStream(entry).transferTo(out);
            }
          }
        }
      }
    }
  }

  private static boolean isOfATrimmedLibrary(String line) {
    return line.matches(".*-> +(com\\.ibm\\.icu|com\\.google\\.common|org\\.bouncycastle)\\..*");
  }

  private static List<String> entries(String library) throws IOException {
    Path jar =
        jars().stream()
            .filter(file -> file.getFileName().toString().startsWith(library))
            .findFirst()
            .orElseThrow();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> libraries = Files.list(Artifact.TARGET.resolve("lib"));
        Stream<Path> others = Files.list(Artifact.TARGET)) {
      libraries.sorted().forEach(jars::add);
      others.filter(file -> file.toString().endsWith("-runner.jar")).forEach(jars::add);
    }
    return jars;
  }
}
