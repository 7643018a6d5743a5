package dev.polycert.whole.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Knows which operations our classes know of a vendor: those whose names they hold. */
public final class OurOperations {
  private static final Path CLASSES = Path.of("target/classes/dev/polycert");

  private OurOperations() {}

  /** The texts in the classes of a folder, {@code provider/tencent/ssl}. */
  public static Set<String> texts(String folder) {
    return texts(CLASSES.resolve(folder));
  }

  /** The texts in the classes that lie beside this one. */
  static Set<String> textsBeside(Class<?> type) {
    URI classes = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return texts(Path.of(classes).resolve(type.getPackageName().replace('.', '/')));
  }

  private static Set<String> texts(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .flatMap(OurOperations::textsOf)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> textsOf(Path file) {
    try {
      return StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
