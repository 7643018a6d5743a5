package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The packaged application as one process: its HTTP server, and its order book in a file whose
 * every change is forced to the disk.
 */
final class App implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String KEY = "fake-key-of-the-benchmarks";

  private final HttpClient client = HttpClient.newHttpClient();
  private final JvmProcess process;
  private final URI uri;

  /**
   * Starts it and waits until it listens.
   *
   * @param vendor where all vendors are
   * @param directory for its file
   * @param settings beside that
   */
  App(URI vendor, Path directory, Map<String, String> settings) throws IOException {
    this(vendor, directory, Vendor.KEYS, Map.of(), settings);
  }

  /**
   * Starts it and waits until it listens. It asks the sandbox's name server, because others may
   * answer late, or limit the questions.
   *
   * @param sandbox where all vendors are
   * @param directory for its file
   * @param keys of the vendors
   * @param settings beside that, and in place of some of it
   */
  App(
      RunningSandbox sandbox,
      Path directory,
      Map<String, String> keys,
      Map<String, String> settings)
      throws IOException {
    this(
        sandbox.uri("/"),
        directory,
        keys,
        Map.of("polycert.dns.servers", sandbox.dnsServer()),
        settings);
  }

  private App(
      URI vendor,
      Path directory,
      Map<String, String> keys,
      Map<String, String> more,
      Map<String, String> settings)
      throws IOException {
    Map<String, String> all = new HashMap<>(more);
    all.put("polycert.http.endpoint", vendor.toString());
    all.put("polycert.server.enabled", "true");
    all.put("polycert.server.port", "0");
    all.put("polycert.server.api-key", KEY);
    all.put("polycert.server.renew-every", "0s");
    all.put("polycert.request-timeout", "60s");
    all.putAll(settings);
    List<String> arguments = new ArrayList<>();
    all.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
    arguments.add("-jar");
    arguments.add(jar().toString());
    process = new JvmProcess(arguments, keys, directory);
    uri = URI.create(process.await("Listening on (\\S+)").group(1));
    process.ignoreTheRest();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
  }

  JvmProcess process() {
    return process;
  }

  /** Applies for all in one request; every one must have become an application at the vendor. */
  void apply(List<String> domains) {
    apply(domains, List.of("tencent-ssl"));
  }

  /** Applies for all domains at all of these providers in one request. */
  void apply(List<String> domains, List<String> providers) {
    assertThat(send(application(domains, providers)).getJsonArray("entries"))
        .hasSize(domains.size() * providers.size())
        .allMatch(entry -> ((JsonObject) entry).containsKey("reference"));
  }

  /** Calls a route, and answers with what came back. */
  JsonObject post(String path, JsonObject body) {
    return send(with(path, body));
  }

  /** Reads a route. */
  JsonObject get(String path) {
    return send(request(path).build());
  }

  private JsonObject send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
      return new JsonObject(response.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A request to apply for all of them. */
  HttpRequest application(List<String> domains) {
    return application(domains, List.of("tencent-ssl"));
  }

  private HttpRequest application(List<String> domains, List<String> providers) {
    return with(
        "/apply",
        new JsonObject()
            .put("domains", new JsonArray(domains))
            .put("providers", new JsonArray(providers)));
  }

  private HttpRequest with(String path, JsonObject body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
        .build();
  }

  /** A request with the key. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri.resolve(path)).header("Authorization", "Bearer " + KEY);
  }

  @Override
  public void close() throws Exception {
    client.close();
    process.close();
  }
}
