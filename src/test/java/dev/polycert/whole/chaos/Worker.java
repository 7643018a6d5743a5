package dev.polycert.whole.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged application as a process that shares its orders with others, and may be killed. */
final class Worker implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");
  private static final String KEY = "fake-key-of-the-chaos-tests";

  private final Process process;
  private final Caller caller;

  /**
   * Starts it and waits until it listens.
   *
   * @param settings where its orders and the vendors are, and more
   * @param sandbox the vendors themselves
   */
  Worker(Map<String, String> settings, Map<String, String> environment, URI sandbox)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("polycert.server.enabled", "true");
    all.put("polycert.server.port", "0");
    all.put("polycert.server.api-key", KEY);
    all.put("polycert.server.renew-every", "0s");
    all.put("polycert.http.limit-factor", "100");
    all.put("polycert.http.backoff", "20ms");
    all.put("polycert.order.lease", "200ms");
    all.put("polycert.order.settle", "0s");
    // Many processes and the table itself share this machine.
    all.put("quarkus.dynamodb.api-call-timeout", "60S");
    all.put("quarkus.dynamodb.api-call-attempt-timeout", "30S");
    all.put("quarkus.dynamodb.async-client.connection-acquisition-timeout", "60S");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    all.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(jar().toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    caller = new Caller(listening(process.inputReader()), sandbox, KEY);
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
  }

  private static URI listening(BufferedReader told) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(() -> told.lines().forEach(System.out::println));
        return URI.create(matcher.group(1) + "/");
      }
      before.append(line).append('\n');
    }
    throw new IOException("it ended:\n" + before);
  }

  Caller caller() {
    return caller;
  }

  /** Ends it where it stands, as a power cut does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Lets it stand still; nothing of it runs until {@link #goOn}. */
  void freeze() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    process.waitFor();
  }
}
