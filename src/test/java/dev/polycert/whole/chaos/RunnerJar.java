package dev.polycert.whole.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts the packaged application. The first start of a build writes down what a start loads and
 * links (JEP 514), with which all others take less than half the CPU time.
 */
final class RunnerJar {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path CACHE = TARGET.resolve("runner.aot");
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");

  private RunnerJar() {}

  /**
   * Starts it.
   *
   * @param settings as system properties
   * @param environment beside that of this process
   */
  static Process start(Map<String, String> settings, Map<String, String> environment)
      throws IOException {
    Path jar = jar();
    train(jar);
    return process(jar, "-XX:AOTCache=" + CACHE, settings, environment);
  }

  /** Waits until it listens, then passes its output on. */
  static String listening(Process process) throws IOException {
    BufferedReader told = process.inputReader();
    StringBuilder before = new StringBuilder();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> told.lines().forEach(System.out::println));
        return matcher.group(1);
      }
      before.append(line).append('\n');
    }
    throw new IOException("it ended:\n" + before);
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
  }

  /** Several test processes may come here at once; one of them makes the cache. */
  private static void train(Path jar) throws IOException {
    synchronized (RunnerJar.class) {
      try (FileChannel channel =
              FileChannel.open(
                  TARGET.resolve("runner.aot.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid() || newer(CACHE, jar)) {
          return;
        }
        Path directory = Files.createTempDirectory(TARGET, "training");
        Path made = directory.resolve("runner.aot");
        Map<String, String> settings = new HashMap<>();
        settings.put("polycert.server.enabled", "true");
        settings.put("polycert.server.port", "0");
        settings.put("polycert.server.api-key", "fake-key-of-the-first-start");
        settings.put("polycert.server.renew-every", "0s");
        settings.put("polycert.store.path", directory.resolve("orders.mv").toString());
        Process process = process(jar, "-XX:AOTCacheOutput=" + made, settings, Map.of());
        listening(process);
        // Process.destroy would close its output, and the JVM would end before the cache is made.
        process.toHandle().destroy();
        process.onExit().join();
        Files.move(made, CACHE, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean newer(Path cache, Path jar) throws IOException {
    return Files.exists(cache)
        && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private static Process process(
      Path jar, String cache, Map<String, String> settings, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            cache,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(jar.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
