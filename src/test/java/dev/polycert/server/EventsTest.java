package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Orders;
import dev.polycert.order.Transition;
import dev.polycert.order.TransitionFeed;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {
  private static final String KEY = "fake-key-for-the-tests";
  private static final Duration NEVER = Duration.ofDays(1);

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final TransitionFeed feed = new TransitionFeed();
  private Events events;
  private Server server;

  @Test
  void everyListenerGetsATransitionAndOneTooManyIsAskedToComeAgain() throws Exception {
    start(NEVER);
    List<Stream> streams =
        IntStream.range(0, Events.MOST_LISTENERS).mapToObj(i -> listen("")).toList();
    streams.forEach(stream -> assertThat(stream.next("open")).isEqualTo("{}"));
    assertThat(listen("").status).startsWith("HTTP/1.1 503");

    happens("a.com", "issued");

    for (Stream stream : streams) {
      assertThat(Parts.MAPPER.readTree(stream.next("transition")))
          .isEqualTo(
              Parts.MAPPER.readTree(
                  """
                  {"order": "%s", "version": 2, "at": "%s", "provider": "acme",
                   "account": "main", "domain": "a.com", "from": "PENDING_VALIDATION",
                   "to": "ISSUED", "why": "issued", "requestId": "req-1"}
                  """
                      .formatted(issued("a.com").id(), Parts.NOW)));
    }
  }

  @Test
  void aListenerThatComesAgainGetsWhatItMissed() {
    start(NEVER);
    Stream first = listen("");
    first.next("open");
    happens("a.com", "one");
    first.next("transition");
    first.close();
    happens("b.com", "two");
    happens("c.com", "three");

    Stream again = listen("Last-Event-ID: " + first.id);

    again.next("open");
    assertThat(again.next("transition")).contains("two");
    assertThat(again.next("transition")).contains("three");
  }

  @Test
  void aListenerIsToldWhenItIsNotKnownWhatItMissed() {
    start(NEVER);

    Stream ofAnotherProcess = listen("Last-Event-ID: 12ab-7");
    Stream fromTheFuture = listen("Last-Event-ID: " + epochOf(listen("")) + "-99");

    ofAnotherProcess.next("missed");
    fromTheFuture.next("missed");
    happens("a.com", "goes on");
    assertThat(ofAnotherProcess.next("transition")).contains("goes on");
  }

  @Test
  void tooLongAnAbsenceIsToldToo() {
    start(NEVER);
    Stream first = listen("");
    first.next("open");
    first.close();
    for (int i = 0; i <= 2000; i++) {
      happens("a.com", "many");
    }

    listen("Last-Event-ID: " + first.id).next("missed");
  }

  @Test
  void aListenerThatDoesNotReadIsCutOff() {
    start(NEVER);
    Stream deaf = listen("");
    deaf.next("open");
    Stream reading = listen("");
    reading.next("open");

    // More than the buffers between the two take.
    for (int i = 0; events.listeners() > 1 && i < 20_000; i++) {
      happens("a.com", "x".repeat(1000));
      reading.next("transition");
    }

    assertThat(events.listeners()).isEqualTo(1);
  }

  @Test
  void aListenerThatHasGoneBeforeItIsLetInIsNotKept() throws Exception {
    start(NEVER);
    CompletableFuture<Boolean> refused = new CompletableFuture<>();
    int port =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  // As after a key was looked up: the caller did not wait for that.
                  request
                      .response()
                      .closeHandler(
                          gone ->
                              vertx.runOnContext(
                                  on -> refused.complete(events.open(request).isPresent())));
                  request.connection().close();
                })
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
    try (Socket caller = new Socket("localhost", port)) {
      caller
          .getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));

      assertThat(refused.get(20, TimeUnit.SECONDS)).isFalse();
    }

    assertThat(events.listeners()).isZero();
  }

  @Test
  void aSignOfLifeComesWhenNothingHappens() {
    start(Duration.ofMillis(5));
    Stream stream = listen("");
    stream.next("open");

    assertThat(stream.line()).isEqualTo(":");
  }

  @Test
  void aStreamEndsAfterAWhileSoThatTheKeyIsCheckedAgain() {
    start(Duration.ofMillis(2));
    Stream stream = listen("");
    stream.next("open");

    int beats = 0;
    while (":".equals(stream.line())) {
      beats++;
    }

    assertThat(beats).isEqualTo(Events.BEATS - 1);
    assertThat(events.listeners()).isZero();
  }

  @Test
  void aStreamEndsWithTheServer() throws Exception {
    start(NEVER);
    Stream stream = listen("");
    stream.next("open");

    server.stop(new ShutdownEvent());

    assertThat(stream.line()).isNull();
    assertThat(events.listeners()).isZero();
  }

  @Test
  void headSaysWhatThereIsAndDoesNotListen() {
    start(NEVER);

    Stream head = send("HEAD /events/ HTTP/1.1\r\n" + headers("Connection: close\r\n"));

    assertThat(head.status).startsWith("HTTP/1.1 200");
    assertThat(head.line()).isNull();
    assertThat(events.listeners()).isZero();
  }

  @Test
  void aKeyIsNeededAndNothingElseIsTaken() {
    start(NEVER);

    assertThat(send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").status).startsWith("HTTP/1.1 401");
    assertThat(send("POST /events HTTP/1.1\r\n" + headers("Content-Length: 0\r\n")).status)
        .startsWith("HTTP/1.1 405");
    assertThat(send("GET /events?state=ISSUED HTTP/1.1\r\n" + headers("")).status)
        .startsWith("HTTP/1.1 400");
  }

  private void start(Duration heartbeat) {
    TestServer settings = TestServer.open(10).with("api-key", KEY).with("max-connections", 300);
    events = TestServer.events(vertx, settings.config(), feed, heartbeat);
    server = settings.start(vertx, LaunchMode.NORMAL, events);
  }

  private void happens(String domain, String why) {
    feed.happened(Transition.of(OrderState.PENDING_VALIDATION, issued(domain), why, "req-1"));
  }

  private static Order issued(String domain) {
    return Order.requested(
            Identity.of("acme", "main", DomainName.parse(domain), 1, Parts.NOW), Orders.TERMS)
        .with(OrderState.ISSUED)
        .recordedAt(Parts.NOW);
  }

  private static String epochOf(Stream stream) {
    stream.next("open");
    return stream.id.substring(0, stream.id.indexOf('-'));
  }

  private Stream listen(String header) {
    return send("GET /events HTTP/1.1\r\n" + headers(header.isEmpty() ? "" : header + "\r\n"));
  }

  private static String headers(String more) {
    return "Host: localhost\r\nAuthorization: Bearer " + KEY + "\r\n" + more + "\r\n";
  }

  private Stream send(String request) {
    try {
      return new Stream(resources.add(new Socket("localhost", server.port())), request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a server-sent stream answers, without the sizes of its chunks. */
  private static final class Stream {
    private final Socket socket;
    private final BufferedReader in;
    private final String status;
    private String id = "";

    Stream(Socket socket, String request) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(20_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      status = in.readLine();
    }

    /** The data of the next event, which is of that type. */
    String next(String type) {
      List<String> lines = new ArrayList<>();
      String line = line();
      while (!line.startsWith("data: ")) {
        lines.add(line);
        line = line();
      }
      assertThat(lines).contains("event: " + type);
      id =
          lines.stream().filter(it -> it.startsWith("id: ")).findFirst().orElseThrow().substring(4);
      return line.substring(6);
    }

    /**
     * The next line that is neither empty nor a header nor the size of a chunk; null at the end.
     */
    String line() {
      try {
        String line = in.readLine();
        while (line != null
            && (line.isEmpty()
                || line.matches("[0-9a-f]+|[a-z-]+: .*") && !line.matches("(id|event|data): .*"))) {
          if (line.equals("0")) {
            return null;
          }
          line = in.readLine();
        }
        return line;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
