package dev.polycert.whole.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The packaged artifact as one process with an HTTP server, which gets its settings from the
 * environment alone, as a native executable does. It sweeps only on request.
 */
final class Service implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String KEY = "fake-key-of-the-packaged-service";
  private static final Pattern LISTENING = Pattern.compile("Listening on (http://[0-9.:]+)");

  private final JsonHttp http = new JsonHttp("x-api-key", KEY);
  private final Path log;
  private final Process process;
  private final URI uri;

  /**
   * Starts it and waits until it listens.
   *
   * @param directory for its order book and its log
   * @param environment beside that
   */
  Service(Path directory, Map<String, String> environment) throws IOException {
    log = directory.resolve("service.log");
    process = builder(directory, environment).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    uri =
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(this::listening, Optional::isPresent)
            .orElseThrow();
  }

  /**
   * Runs a command, in the same environment.
   *
   * @return its exit code, and after a blank what it has written
   */
  static String run(Path directory, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(directory, environment);
    builder.command().addAll(List.of(arguments));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }

  private static ProcessBuilder builder(Path directory, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command()))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("POLYCERT_SERVER_ENABLED", "true");
    builder.environment().put("POLYCERT_SERVER_PORT", "0");
    builder.environment().put("POLYCERT_SERVER_RENEW_EVERY", "0s");
    builder.environment().put("POLYCERT_API_KEY", KEY);
    builder.environment().put("POLYCERT_STORE_PATH", directory.resolve("orders.mv").toString());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Of the runners that builds have left, the last one. */
  private static List<String> command() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      String runner =
          files
              .filter(file -> file.toString().matches(".*-runner(\\.jar)?"))
              .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .orElseThrow()
              .toString();
      return runner.endsWith(".jar")
          ? List.of(ProcessHandle.current().info().command().orElseThrow(), "-jar", runner)
          : List.of(runner);
    }
  }

  private Optional<URI> listening() throws IOException {
    assertThat(process.isAlive()).as(log()).isTrue();
    Matcher matcher = LISTENING.matcher(log());
    return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
  }

  /** Calls a route, which must not answer with an error. */
  JsonNode post(String path, String body) {
    HttpResponse<String> response = http.send("POST", uri.resolve(path), body);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
    return JsonHttp.read(response.body());
  }

  /** Calls {@code GET /orders/<id>}. */
  JsonNode order(String id) {
    return JsonHttp.read(http.send("GET", uri.resolve("/orders/" + id), "").body());
  }

  /** What it has written so far. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it as systemd does, which gives it a moment. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
