package dev.polycert.vendor.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.CertificateFiles.OneFile;
import dev.polycert.deliver.FileForm;
import dev.polycert.domain.DomainName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sets of a directory: each in a directory of its own under {@code versions}, and {@code
 * live}, a symbolic link to the one that is in force. A set is written completely and brought to
 * the disk before the link is replaced by a rename, which is atomic (POSIX, {@code rename}): a
 * reader that follows {@code live} finds the old set or the new one, also after a crash at any
 * point. Nothing is ever written into a set that is in force.
 */
final class VersionedDirectory {
  private static final String LIVE = "live";
  private static final String VERSIONS = "versions";

  /** Sets and links younger than this may belong to a delivery that is under way. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{16}");

  private static final String NO_DIRECTORY = " is a link or no directory";

  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<String> steps;

  /**
   * @param steps gets the name of each step before it is taken
   */
  VersionedDirectory(Clock clock, RandomGenerator random, Consumer<String> steps) {
    this.clock = clock;
    this.random = random;
    this.steps = steps;
  }

  /** Whether Polycert uses the name itself, so that no delivery may go there. */
  static boolean isReserved(String name) {
    return name.equals(LIVE) || name.equals(VERSIONS);
  }

  /**
   * Puts a set in force.
   *
   * @param relative names without {@code ..}
   * @return the directory that readers look into
   * @throws TargetException when the way to it leads out of the base, another domain's set is in
   *     force there, or the files cannot get their owner
   */
  Path write(Path base, String relative, CertificateFiles set, FileForm form) throws IOException {
    Path directory = below(Files.createDirectories(base).toRealPath(), relative);
    Path live = directory.resolve(LIVE);
    Ownership ownership = Ownership.of(base, form);
    if (set.areAt(name -> read(live, name)) && ownership.is(live, set)) {
      return live;
    }
    if (Files.exists(live, NOFOLLOW_LINKS) && !Files.isSymbolicLink(live)) {
      throw TargetException.outside(live + " is no link that a delivery made; move it away");
    }
    requireSameDomain(live, set);
    String version = name();
    Path versions = child(directory, VERSIONS);
    Path before = linked(live);
    writeOrRemove(versions.resolve(version), set, ownership);
    force(versions);
    replace(directory, live, Path.of(VERSIONS, version));
    tidy(directory, before);
    return live;
  }

  /** Why a domain's set cannot go to a directory, as far as another one is in force there. */
  static Optional<String> taken(Path base, String relative, DomainName domain) {
    Path live = base.resolve(relative).resolve(LIVE);
    try {
      return taken(live, CertificateFiles.othersNames(domain, name -> read(live, name)));
    } catch (IOException unreadable) {
      // The delivery reports what is in its way.
      return Optional.empty();
    }
  }

  /** Why nothing could be delivered there as it is now; nothing is made for this look. */
  static Optional<String> inTheWay(Path base, String relative) {
    Path at = existing(base);
    if (at.equals(base)) {
      for (Path name : Path.of(relative)) {
        Path child = at.resolve(name);
        if (!Files.exists(child, NOFOLLOW_LINKS)) {
          break;
        }
        if (!Files.isDirectory(child, NOFOLLOW_LINKS)) {
          return Optional.of(child + NO_DIRECTORY);
        }
        at = child;
      }
    }
    return Files.isDirectory(at) && Files.isWritable(at)
        ? Optional.empty()
        : Optional.of("is to be made in " + at + ", which is no directory that can be written");
  }

  private static Path existing(Path path) {
    Path parent = path.getParent();
    return Files.exists(path, NOFOLLOW_LINKS) || parent == null ? path : existing(parent);
  }

  private static Optional<String> taken(Path live, List<String> served) {
    return served.isEmpty()
        ? Optional.empty()
        : Optional.of(
            live
                + " is the certificate of "
                + String.join(", ", served)
                + "; name another directory, or remove it when nothing is served from it");
  }

  private static Path below(Path base, String relative) throws IOException {
    Path directory = base;
    for (Path name : Path.of(relative)) {
      directory = child(directory, name.toString());
    }
    return directory;
  }

  /** A directory in another, made where there is none; a link may lead anywhere, and is refused. */
  private static Path child(Path parent, String name) throws IOException {
    Path child = parent.resolve(name);
    try {
      Files.createDirectory(child, permissions("rwxr-xr-x"));
      force(parent);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(child, NOFOLLOW_LINKS)) {
        throw TargetException.outside(child + NO_DIRECTORY);
      }
    }
    return child;
  }

  private static byte @Nullable [] read(Path live, String name) throws IOException {
    try {
      return Files.readAllBytes(live.resolve(name));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static void requireSameDomain(Path live, CertificateFiles set) throws IOException {
    Optional<String> taken = taken(live, set.othersNames(name -> read(live, name)));
    if (taken.isPresent()) {
      throw TargetException.taken(taken.get());
    }
  }

  /** Ordered by time, and different for two deliveries at the same one. */
  private String name() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(bytes);
  }

  /**
   * A set that is incomplete is not left there: its key would stay, and a full disk remain full.
   */
  private void writeOrRemove(Path version, CertificateFiles set, Ownership ownership)
      throws IOException {
    try {
      write(version, set, ownership);
    } catch (IOException | UnsupportedOperationException failed) {
      try {
        remove(version);
      } catch (IOException left) {
        // A later delivery removes it.
        failed.addSuppressed(left);
      }
      throw failed;
    }
  }

  private void write(Path version, CertificateFiles set, Ownership ownership) throws IOException {
    steps.accept("create version");
    Files.createDirectory(version, permissions("rwxr-xr-x"));
    for (OneFile file : set.files()) {
      steps.accept("write " + file.name());
      write(version.resolve(file.name()), file, ownership);
    }
    steps.accept("force version");
    force(version);
  }

  private static void write(Path path, OneFile file, Ownership ownership) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    // Nobody else reads it before it has its owner.
    try (FileChannel channel = FileChannel.open(path, options, permissions("rw-------"))) {
      ByteBuffer content = ByteBuffer.wrap(file.content());
      while (content.hasRemaining()) {
        channel.write(content);
      }
      ownership.give(path, file);
      channel.force(true);
    }
  }

  private void replace(Path directory, Path live, Path target) throws IOException {
    steps.accept("create link");
    Path link = directory.resolve("." + target.getFileName());
    Files.createSymbolicLink(link, target);
    steps.accept("replace link");
    Files.move(link, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    steps.accept("force link");
    force(directory);
  }

  /** Removes the sets that are no longer in force, except the last one, which may still be read. */
  private void tidy(Path directory, @Nullable Path before) throws IOException {
    steps.accept("tidy");
    for (Path version : list(directory.resolve(VERSIONS))) {
      if (isOver(version.getFileName().toString()) && !version.equals(before)) {
        remove(version);
      }
    }
    for (Path link : list(directory)) {
      String name = link.getFileName().toString();
      if (name.startsWith(".") && isOver(name.substring(1))) {
        Files.deleteIfExists(link);
      }
    }
  }

  private static void remove(Path version) throws IOException {
    for (Path file : list(version)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(version);
  }

  private boolean isOver(String name) {
    return NAME.matcher(name).matches()
        && name.compareTo(TIME.format(clock.instant().minus(UNDER_WAY))) < 0;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  private static @Nullable Path linked(Path live) throws IOException {
    return Files.isSymbolicLink(live)
        ? live.resolveSibling(Files.readSymbolicLink(live)).normalize()
        : null;
  }

  /** Brings a directory's entries to the disk, which writing the files alone does not. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?> permissions(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** A target that must not be written to. */
  static final class TargetException extends IOException {
    private final String code;

    private TargetException(String code, String message) {
      super(message);
      this.code = code;
    }

    /** It leads out of the base, by a link or by something else than a directory on its way. */
    static TargetException outside(String message) {
      return new TargetException("File.Outside", message);
    }

    /** Another domain's certificate is served from it. */
    static TargetException taken(String message) {
      return new TargetException("File.OtherDomain", message);
    }

    /** There is no such user or group, or files may not be given to it. */
    static TargetException owner(String message) {
      return new TargetException("File.Owner", message);
    }

    /** The code of it in an order's deliveries. */
    String code() {
      return code;
    }
  }
}
