package dev.polycert.whole.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What {@code mvn package} makes for Lambda, unpacked as Lambda unpacks it. */
final class Artifact {
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final Path ZIP = TARGET.resolve("function.zip");

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String HANDLER = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";

  private final Path directory;

  private Artifact(Path directory) {
    this.directory = directory;
  }

  /** Unpacks it into an empty directory. */
  static Artifact unpack(Path directory) throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        Path file = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
          }
        }
      }
    }
    Artifact artifact = new Artifact(directory);
    if (artifact.isNative() && !artifact.bootstrap().toFile().setExecutable(true)) {
      throw new IOException("cannot make the bootstrap executable");
    }
    return artifact;
  }

  /** Whether it is an executable, which needs no JVM. */
  boolean isNative() {
    return Files.exists(bootstrap());
  }

  private Path bootstrap() {
    return directory.resolve("bootstrap");
  }

  /** Where the function runs. */
  Path directory() {
    return directory;
  }

  /** What starts it: the executable that it contains, or else AWS's runtime client for Java. */
  List<String> command(List<String> jvmArguments) throws IOException {
    if (isNative()) {
      return List.of(bootstrap().toString());
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    // As in deploy/function.args, and as Lambda starts a JVM by itself.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", runtimeClient()));
    command.addAll(jvmArguments);
    command.addAll(List.of(CLIENT, HANDLER));
    return command;
  }

  /** The class path of AWS's client, which loads the function from its working directory. */
  static String runtimeClient() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("lambda-runtime"))) {
      return String.join(":", jars.map(Path::toString).sorted().toList());
    }
  }
}
