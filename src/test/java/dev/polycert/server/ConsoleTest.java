package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ServedAddress;
import dev.polycert.order.Delivery;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console's files, as a browser gets them. */
class ConsoleTest {
  private static final String KEY = "fake-key-for-the-tests";
  private static final Path FILES = Path.of("src/main/resources/console");
  private static final int MAX_WEIGHT = 150_000;

  /** Module specifiers, addresses in pages, and the preloads of the page. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:from ?|import ?|href=|src=)[\"']([./][^\"'#]*)[\"']");

  @RegisterExtension final Resources resources = new Resources();
  private final HttpClient client = HttpClient.newHttpClient();
  private Server server;

  @BeforeEach
  void start() {
    Vertx vertx = resources.vertx();
    server = TestServer.open(10).with("api-key", KEY).start(vertx, LaunchMode.NORMAL, List.of());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop(new ShutdownEvent());
  }

  @Test
  void thePageAndAllThatItRefersToAreOpenAndLight() throws Exception {
    Set<String> found = new TreeSet<>();
    int weight = follow("/", found);

    assertThat(found).contains("/", "/console/app.js", "/console/lit/lit-html.js");
    assertThat(weight).isLessThan(MAX_WEIGHT);
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(found)
          .as("every file of the folder is used")
          .containsAll(
              files
                  .map(file -> "/console/" + file.getFileName())
                  .filter(path -> !path.endsWith("index.html"))
                  .toList());
    }
  }

  /** Gets a file packed, and then those that it refers to; returns the bytes of all. */
  private int follow(String path, Set<String> found) throws Exception {
    if (!found.add(path)) {
      return 0;
    }
    HttpResponse<byte[]> response = get(path, "text/html, */*");
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    int weight = response.body().length;
    for (String reference : references(unpacked(response.body()))) {
      weight += follow(URI.create(path).resolve(reference).getPath(), found);
    }
    return weight;
  }

  private static List<String> references(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .filter(reference -> !reference.equals("/"))
        .toList();
  }

  private static String unpacked(byte[] body) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noScriptOrStyleRunsThatIsNotAFileOfThisServer() throws Exception {
    String policy =
        get("/", "text/html").headers().firstValue("content-security-policy").orElseThrow();

    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("connect-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "http", "*");
  }

  @Test
  void thePageSaysThatItNeedsAKeyAndHoldsNone() throws Exception {
    String page = unpacked(get("/", "text/html").body());

    assertThat(page).contains("\"polycert-key\" content=\"needed\"").doesNotContain(KEY);
    assertThat(page).contains("\"polycert-sandbox\" content=\"\"");
  }

  @Test
  void whatAnswersWithDataStaysClosed() throws Exception {
    for (String path : List.of("/orders", "/providers", "/console/", "/console/../orders")) {
      assertThat(get(path, "text/html").statusCode()).as(path).isEqualTo(401);
    }
    assertThat(get("/", "application/json").statusCode()).isEqualTo(401);
    HttpRequest post =
        request("/", "text/html").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  @Test
  void aProgramThatBeginsAtTheRootLearnsWhatThereIs() throws Exception {
    HttpRequest start = request("/", "application/json").header("x-api-key", KEY).GET().build();

    assertThat(client.send(start, BodyHandlers.ofString()).body())
        .contains("\"description\":\"/openapi.json\"", "\"routes\":[");
    assertThat(unpacked(get("/openapi.json", "application/json").body()))
        .contains("\"openapi\" : \"3.1.0\"");
  }

  @Test
  void aBrowserThatHasAFileGetsItOnce() throws Exception {
    String tag = get("/console/app.js", "*/*").headers().firstValue("etag").orElseThrow();
    HttpRequest again =
        request("/console/app.js", "*/*").header("if-none-match", tag).GET().build();

    HttpResponse<byte[]> response = client.send(again, BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws Exception {
    Set<String> chinese = keys("zh.js");
    chinese.removeIf(key -> key.matches("provider\\..+\\.(title|gives)"));

    assertThat(chinese).isEqualTo(keys("en.js"));
  }

  /** The API says this in English alone; the ids are those of the README's table. */
  @Test
  void everyProviderHasItsWordsInChinese() throws Exception {
    List<String> ids =
        Pattern.compile("(?m)^\\| `([a-z]+-?[a-z]*)` (?:any |[A-Z])")
            .matcher(
                Files.readString(Path.of("README.md"))
                    .replaceAll("(?s).*<!-- providers|<!-- /providers.*", ""))
            .results()
            .map(row -> row.group(1))
            .toList();

    assertThat(ids).hasSizeGreaterThan(6);
    for (String id : ids) {
      assertThat(keys("zh.js")).contains("provider." + id + ".title", "provider." + id + ".gives");
    }
  }

  /**
   * Some names of texts are made from a value, so a search in the code of the pages misses them.
   */
  @Test
  void everyValueThatTheApiShowsHasItsText() throws Exception {
    Set<String> texts = keys("en.js");

    assertThat(texts)
        .containsAll(names("state.", OrderState.values()))
        .containsAll(names("next.", OrderState.values()))
        .containsAll(names("class.", ErrorClass.values()))
        .containsAll(names("finding.", Finding.Status.values()))
        .containsAll(names("served.", ServedAddress.Status.values()))
        .containsAll(names("delivery.", Delivery.State.values()))
        .containsAll(names("publication.", Publication.State.values()))
        .containsAll(names("validation.", ValidationMethod.values()));
    for (String file : List.of("needs.js", "order.js", "apply.js", "parts.js", "served.js")) {
      assertThat(texts).as(file).containsAll(used(file));
    }
  }

  private static List<String> names(String prefix, Enum<?>... values) {
    return Arrays.stream(values).map(value -> prefix + value.name()).toList();
  }

  /** The names of texts that a file of the console uses as they are. */
  private static Set<String> used(String file) throws IOException {
    Set<String> names = new TreeSet<>();
    Pattern.compile("\\bt\\('([\\w.]+)'")
        .matcher(Files.readString(FILES.resolve(file)))
        .results()
        .forEach(result -> names.add(result.group(1)));
    return names;
  }

  private static Set<String> keys(String file) throws IOException {
    Set<String> keys = new TreeSet<>();
    Pattern.compile("^  '?([\\w.-]+)'?: '", Pattern.MULTILINE)
        .matcher(Files.readString(FILES.resolve(file)))
        .results()
        .forEach(result -> keys.add(result.group(1)));
    return keys;
  }

  private HttpResponse<byte[]> get(String path, String accept) throws Exception {
    return client.send(
        request(path, accept).header("accept-encoding", "gzip").GET().build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .header("accept", accept);
  }
}
