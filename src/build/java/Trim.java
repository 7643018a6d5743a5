import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves out of the packaged artifact what nothing in it refers to, and packs the rest tightly:
 * {@code java Trim.java target 2026-01-01T00:00:00Z}.
 *
 * <p>Of the {@link #LIBRARIES} only those classes stay whose names occur in another class that
 * stays: in its code, in a signature or in a text. Jars keep their entries uncompressed. So {@code
 * function.zip} compresses a whole jar at once, which makes it a fifth smaller, and a JVM that
 * starts inflates nothing.
 *
 * <p>Running it again changes nothing. A native build makes no jars, and has nothing to trim.
 */
final class Trim {
  /**
   * Large libraries of which Polycert uses a small part, each with the resources that its classes
   * need. Those of Bouncy Castle find classes by names that they put together, but only in its
   * security provider, which nothing here makes: the JDK's own providers do the work.
   */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "com.ibm.icu.icu4j-",
          "com/ibm/icu/ICUConfig\\.properties"
              + "|com/ibm/icu/impl/data/icudata/(nfc\\.nrm|uts46\\.nrm|(ubidi|ucase|uprops)\\.icu)",
          "com.google.guava.guava-",
          "",
          "org.mvnpm.lit-html-",
          "META-INF/resources/_static/lit-html/[^/]+/"
              + "(LICENSE|(lit-html|directive|directive-helpers|directives/repeat)\\.js)",
          "org.bouncycastle.bcpkix-",
          "",
          "org.bouncycastle.bcprov-",
          "",
          "org.bouncycastle.bcutil-",
          "");

  /** What people and scanners look for in every library: its licence, its name and its version. */
  private static final Pattern PAPERS = Pattern.compile("META-INF/(LICENSE.*|maven/.*)");

  /** A function serves no pages. */
  private static final Pattern CONSOLE =
      Pattern.compile("console/.*|openapi\\.json|lib/org\\.mvnpm\\.lit-html-.*");

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Pattern CLASS =
      Pattern.compile("(?:META-INF/versions/\\d+/)?((?!.*module-info).+)\\.class");

  /** What may be the name of a class, with dots or slashes; a descriptor has an L before it. */
  private static final Pattern NAME = Pattern.compile("[\\w$./]+");

  private final Path target;
  private final LocalDateTime built;

  /** The classes of a name: there is another one for each version of Java that has its own. */
  private final Map<String, List<byte[]>> classes = new HashMap<>();

  private final Set<String> used = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private Trim(Path target, LocalDateTime built) {
    this.target = target;
    this.built = built;
  }

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    if (Files.isDirectory(target.resolve("lib"))) {
      new Trim(target, OffsetDateTime.parse(arguments[1]).toLocalDateTime()).run();
    }
  }

  private void run() throws IOException {
    List<Path> jars = new ArrayList<>(list(target.resolve("lib"), ".*\\.jar"));
    jars.addAll(list(target, ".*-runner\\.jar"));
    for (Path jar : jars) {
      learn(jar);
    }
    while (!open.isEmpty()) {
      classes.get(open.pop()).forEach(this::follow);
    }
    for (Path jar : jars) {
      Files.write(jar, trimmed(jar));
    }
    packFunction(target.resolve("function.zip"));
  }

  private static List<Path> list(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /** Everything in a jar that is not trimmed is used. */
  private void learn(Path jar) throws IOException {
    boolean whole = resources(jar) == null;
    read(jar)
        .forEach(
            (entry, content) -> {
              String name = className(entry);
              if (name != null) {
                classes.computeIfAbsent(name, key -> new ArrayList<>()).add(content);
                if (whole) {
                  use(name);
                }
              }
            });
  }

  private void use(String name) {
    if (used.add(name)) {
      open.push(name);
    }
  }

  private void follow(byte[] content) {
    for (PoolEntry entry : ClassFile.of().parse(content).constantPool()) {
      if (entry instanceof Utf8Entry text) {
        NAME.matcher(text.stringValue())
            .results()
            .map(MatchResult::group)
            .map(name -> name.replace('.', '/'))
            .flatMap(name -> Stream.of(name, name.substring(1)))
            .filter(classes::containsKey)
            .forEach(this::use);
      }
    }
  }

  /** The resources that stay of a jar, or null for one that stays whole. */
  private static String resources(Path jar) {
    String name = jar.getFileName().toString();
    return LIBRARIES.entrySet().stream()
        .filter(library -> name.startsWith(library.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String className(String entry) {
    var matcher = CLASS.matcher(entry);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private static boolean isPaper(String entry) {
    return entry.equals(MANIFEST) || PAPERS.matcher(entry).matches();
  }

  private byte[] trimmed(Path jar) throws IOException {
    String resources = resources(jar);
    Map<String, byte[]> entries = read(jar);
    if (resources != null) {
      entries
          .keySet()
          .removeIf(
              entry ->
                  className(entry) == null
                      ? !isPaper(entry) && !entry.matches(resources)
                      : !used.contains(className(entry)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes, entries, ZipEntry.STORED);
    return bytes.toByteArray();
  }

  /**
   * What Quarkus made, with the jars as they are now; an executable has none, and keeps its mode.
   */
  private void packFunction(Path zip) throws IOException {
    Map<String, byte[]> entries = read(zip);
    if (entries.keySet().stream().noneMatch(entry -> entry.startsWith("lib/"))) {
      return;
    }
    entries.keySet().removeIf(entry -> CONSOLE.matcher(entry).matches());
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().startsWith("lib/")) {
        entry.setValue(Files.readAllBytes(target.resolve(entry.getKey())));
      }
    }
    try (OutputStream file = Files.newOutputStream(zip)) {
      write(file, entries, ZipEntry.DEFLATED);
    }
  }

  /** The files of an archive in their order, but the manifest first, as a jar has it. */
  private static Map<String, byte[]> read(Path archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .sorted((one, other) -> Boolean.compare(isManifest(other), isManifest(one)))
          .forEach(
              entry -> {
                try {
                  entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return entries;
  }

  private static boolean isManifest(ZipEntry entry) {
    return entry.getName().equals(MANIFEST);
  }

  private void write(OutputStream out, Map<String, byte[]> entries, int method) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> file : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(built);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 sum = new CRC32();
          sum.update(file.getValue());
          entry.setCrc(sum.getValue());
          entry.setSize(file.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    }
  }
}
