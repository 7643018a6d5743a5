package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.invocation.SideDoor;
import dev.polycert.function.invocation.StubOperation;
import dev.polycert.order.Scope;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  private static final String KEY = "fake-key-for-the-tests";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CompletableFuture<String> gate = new CompletableFuture<>();
  private Server server;

  @Test
  void healthNeedsNoKey() throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\",\"version\":\"1.2.3\"}");
  }

  /** A filter that is not applied would be taken for one that is. */
  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/metrics", "/metrics/"})
  void whatIsObservedTakesNoQuery(String path) throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    HttpResponse<String> answer = get(path + "?name%5B%5D=orders");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("this path takes no query");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer fake-key-for-the-tests, 200",
    "Authorization, bearer fake-key-for-the-tests, 200",
    "X-Api-Key, fake-key-for-the-tests, 200",
    "X-Api-Key, fake-key-for-the-test, 401",
    "Authorization, Basic fake-key-for-the-tests, 401",
    "X-Other, fake-key-for-the-tests, 401",
  })
  void everythingElseNeedsTheKey(String header, String value, int status) throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    HttpResponse<String> answer = send(request("/echo?a=1").header(header, value).GET());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "/side, Basic of-the-side-door, 200",
    "/side, Bearer fake-key-for-the-tests, 401",
    "/side, '', 401",
    "/echo, Basic of-the-side-door, 401",
    "/echo, Bearer fake-key-for-the-tests, 200",
    "/side/other, Basic of-the-side-door, 404",
  })
  void aKeyOfASideDoorOpensThatAlone(String path, String key, int status) throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    HttpResponse<String> answer = send(request(path).header("authorization", key).GET());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("www-authenticate"))
        .isEqualTo(
            status != 401
                ? Optional.empty()
                : Optional.of(path.equals("/echo") ? "Bearer" : "Basic"));
  }

  @Test
  void guessingKeysIsSlowedDownAndTheRightKeyIsNot() throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);
    List<Integer> guesses = new ArrayList<>();
    HttpResponse<String> last = null;
    for (int i = 0; i < 12; i++) {
      last = send(request("/echo").header("x-api-key", "guess-" + i).GET());
      guesses.add(last.statusCode());
    }

    assertThat(guesses).startsWith(401, 401).endsWith(429, 429);
    assertThat(last.headers().firstValue("retry-after")).contains("6");
    assertThat(last.body()).contains("Too many wrong keys");
    assertThat(send(request("/echo").header("x-api-key", KEY).GET()).statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void withoutKeyItStartsInDevelopmentOnly() {
    assertThatThrownBy(() -> start(LaunchMode.NORMAL, null, 10))
        .hasMessageContaining("POLYCERT_API_KEY");
  }

  @Test
  void aShortKeyIsRejectedWithoutRepeatingIt() {
    assertThatThrownBy(() -> start(LaunchMode.NORMAL, "hunter2-hunter2", 10))
        .hasMessageContaining("POLYCERT_API_KEY has fewer than 20 characters")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theQueryReachesTheOperation() throws Exception {
    start(LaunchMode.TEST, null, 10);

    assertThat(Parts.MAPPER.readTree(get("/echo?a=1&b=x%20y").body()))
        .isEqualTo(Parts.MAPPER.createObjectNode().put("a", "1").put("b", "x y"));
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:8080, 200",
    "127.0.0.1:8080, 200",
    "127.9.9.9, 200",
    "[::1]:8080, 200",
    "rebind.evil.example, 403",
    "localhost.evil.example, 403",
    "127.0.0.1.evil.example, 403",
    "192.168.1.5:8080, 403",
    "0.0.0.0:8080, 403",
    "a b, 400",
    "localhost:99999, 400",
    "[::1, 400",
    "%zz, 400",
    "user@localhost, 400",
    "'', 400",
  })
  void withoutKeyItServesUnderTheNamesOfThisMachine(String host, int status) throws Exception {
    start(LaunchMode.DEVELOPMENT, null, 10);

    for (String path : List.of("/echo", "/health")) {
      assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .startsWith("HTTP/1.1 " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: http://localhost:8080, 200",
    "Origin: https://evil.example, 403",
    "Origin: null, 403",
    "Origin: http://localhost:3000, 403",
    "Origin: https://localhost:8080, 403",
    "Sec-Fetch-Site: same-origin, 200",
    "Sec-Fetch-Site: none, 200",
    "Sec-Fetch-Site: same-site, 403",
    "Sec-Fetch-Site: cross-site, 403",
  })
  void withoutKeyItServesNoPageOfOthers(String header, int status) throws Exception {
    start(LaunchMode.DEVELOPMENT, null, 10);
    String rest = " /echo HTTP/1.1\r\nHost: localhost:8080\r\n" + header + "\r\n";
    String body = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    assertThat(raw("GET" + rest + "\r\n")).startsWith("HTTP/1.1 " + status);
    assertThat(raw("POST" + rest + body)).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void withoutKeyABodyNeedsItsType() throws Exception {
    start(LaunchMode.DEVELOPMENT, null, 10);
    String untyped = " /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";

    assertThat(raw("POST" + untyped)).startsWith("HTTP/1.1 415 ");
  }

  @Test
  void theKeyOpensTheServerToOtherNamesAndPages() throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);
    String sent = "X-Api-Key: " + KEY + "\r\nOrigin: https://console.example\r\n\r\n";

    assertThat(raw("GET /echo HTTP/1.1\r\nHost: polycert.example\r\n" + sent))
        .startsWith("HTTP/1.1 200 ");
    assertThat(raw("GET /echo HTTP/1.0\r\n" + sent)).contains(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /echo HTTP/1.1\r\n@\r\n",
        "GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n@\r\n",
        "GET /echo HTTP/1.1\r\nHost: a b\r\n@\r\n",
        "GET /echo HTTP/1.1\r\nHost: a\r\nA b: c\r\n@\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n@\r\n{}",
        "POST /echo HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Transfer-Encoding: chunked\r\n"
            + "@\r\n"
            + "zz\r\n"
            + "{}\r\n"
            + "0\r\n\r\n",
        "POST /echo HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Transfer-Encoding: chunked\r\n"
            + "@\r\n"
            + "-2\r\n"
            + "{}\r\n"
            + "0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n@\r\n2\r\n{}XX0\r\n\r\n",
      })
  void brokenHttpIsAnsweredWithAProblem(String request) throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    String answer = whole(request.replace("@", "X-Api-Key: " + KEY + "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("problem+json", "\"status\":400");
  }

  @Test
  void aBodyThatIsTooLargeIsRejected() throws Exception {
    start(LaunchMode.TEST, null, 10);
    byte[] large = new byte[2 << 20];

    HttpResponse<String> announced =
        send(
            request("/echo")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(large)));
    HttpResponse<String> chunked =
        send(
            request("/echo")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void anAnnouncedBodyIsRejectedBeforeItIsSent() throws Exception {
    start(LaunchMode.TEST, null, 10);

    assertThat(
            raw(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n"
                    + "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void aBrokenEscapeInTheQueryIsTheCallersFault() throws Exception {
    start(LaunchMode.TEST, null, 10);

    assertThat(raw("GET /echo?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=1&a=2&limit=3", "limit=1&li%6dit=3", "limit=1;limit=3"})
  void aNameThatTheQueryHasTwiceIsNamed(String query) throws Exception {
    start(LaunchMode.TEST, null, 10);

    HttpResponse<String> answer = get("/echo?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("{\"field\":\"limit\",\"message\":\"is given more than once\"}");
  }

  @Test
  void oneRequestTooManyGets503() throws Exception {
    start(LaunchMode.TEST, null, 1);
    CompletableFuture<HttpResponse<String>> first = sendAsync(request("/gate").GET());
    entered.await();

    HttpResponse<String> second = get("/gate");
    gate.complete("done");

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("retry-after")).contains("1");
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(get("/gate").statusCode()).isEqualTo(200);
  }

  @Test
  void oneCallTooManyASecondGets429() throws Exception {
    start(LaunchMode.TEST, TestServer.open(10).with("calls-per-second", 2));

    assertThat(get("/echo").statusCode()).isEqualTo(200);
    assertThat(get("/echo").statusCode()).isEqualTo(200);
    HttpResponse<String> third = get("/echo");

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("retry-after")).contains("1");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  /** Without the key, every method, path, header and body gets the same answer. */
  @ParameterizedTest
  @CsvSource({
    "GET, /echo",
    "POST, /echo",
    "GET, /gate",
    "GET, /",
    "GET, /nothing",
    "POST, /health/../echo",
    "GET, /health//",
    "GET, /HEALTH",
    "GET, //health",
    "OPTIONS, /echo",
    "HEAD, /echo",
    "DELETE, /echo",
    "TRACE, /echo",
    "GET, /echo%2f..%2fhealth",
    "GET, /echo?path=/health",
    "GET, /%68ealth"
  })
  void everyRequestWithoutTheKeyGets401(String method, String path) throws Exception {
    start(LaunchMode.NORMAL, KEY, 10);

    String answer =
        raw(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                + "X-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /health\r\n\r\n{\"a\":");

    assertThat(answer).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void headersAndTargetsHaveTheirLimits() throws Exception {
    start(LaunchMode.TEST, null, 10);

    String target = "GET /echo?a=" + "x".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThat(raw(target)).contains(" 414 ");
    String header =
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nX-A: " + "x".repeat(20_000) + "\r\n\r\n";
    assertThat(raw(header)).contains(" 431 ");
  }

  @Test
  void shutdownFinishesRequestsInProgress() throws Exception {
    start(LaunchMode.TEST, null, 10);
    CompletableFuture<HttpResponse<String>> underWay = sendAsync(request("/gate").GET());
    entered.await();
    URI address = URI.create("http://localhost:" + server.port() + "/health");

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::stopNow);
    HttpResponse<String> health = send(HttpRequest.newBuilder(address));
    while (health.statusCode() == 200) {
      health = send(HttpRequest.newBuilder(address));
    }
    gate.complete("done");

    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(underWay.join().body()).isEqualTo("\"done\"");
    stopped.join();
    assertThatThrownBy(() -> send(HttpRequest.newBuilder(address))).isInstanceOf(IOException.class);
  }

  @Test
  void aRequestMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
    start(LaunchMode.DEVELOPMENT, TestServer.open(10).with("idle-timeout", "1s"));
    CompletableFuture<HttpResponse<String>> underWay = sendAsync(request("/gate").GET());
    entered.await();

    Thread.sleep(Duration.ofMillis(2500));
    gate.complete("done");

    assertThat(underWay.join().body()).isEqualTo("\"done\"");
  }

  @Test
  void aConnectionMayBeIdleForEver() throws Exception {
    start(LaunchMode.DEVELOPMENT, TestServer.open(10).with("idle-timeout", "0s"));

    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private void stopNow() {
    try {
      server.stop(new ShutdownEvent());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(LaunchMode mode, String key, int maxInFlight) {
    TestServer open = TestServer.open(maxInFlight);
    start(mode, key == null ? open : open.with("api-key", key));
  }

  private void start(LaunchMode mode, TestServer config) {
    server =
        config.start(
            vertx,
            mode,
            List.of(echo(), StubOperation.get("gate", input -> waitAtTheGate())),
            List.of(new Side()));
    resources.add(() -> server.stop(new ShutdownEvent()));
    resources.add(() -> gate.complete("late"));
  }

  /** A door to one operation. */
  private static final class Side implements SideDoor {
    @Override
    public void require() {}

    @Override
    public boolean leadsTo(String path) {
      return path.startsWith("/side");
    }

    @Override
    public Optional<List<Operation>> open(String authorization) {
      return "Basic of-the-side-door".equals(authorization)
          ? Optional.of(
              List.of(StubOperation.get("side", input -> Uni.createFrom().item("opened"))))
          : Optional.empty();
    }

    @Override
    public String challenge() {
      return "Basic";
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** The answer up to its problem. */
  private String whole(String request) throws IOException {
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      int read = 0;
      while (read >= 0 && answer.indexOf("}") < 0) {
        read = socket.getInputStream().read();
        answer.append((char) read);
      }
      return answer.toString();
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);
    }
  }

  /** An operation that answers with its input. */
  static Operation echo() {
    return new StubOperation(
        "echo",
        List.of(new Route("GET", "/echo", Scope.READ), new Route("POST", "/echo", Scope.READ)),
        input -> Uni.createFrom().item(input));
  }

  private Uni<?> waitAtTheGate() {
    entered.countDown();
    return Uni.createFrom().completionStage(gate);
  }
}
