package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.StubOperation;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow callers take no slot from others, and are cut off in the end. */
@StartsProcesses
class SlowCallersTest {
  private static final String ECHO = "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int MEBIBYTE = 1 << 20;

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private Server server;

  @Test
  void aBodyThatComesAByteASecondTakesNoSlotAndIsRejectedAtItsDeadline() throws Exception {
    start(TestServer.open(1).with("transfer-timeout", SHORT));
    Socket slow = connect();
    send(slow, post(100));
    drip(slow);

    assertThat(ask()).startsWith("HTTP/1.1 200 ");
    String answer = readAll(slow);

    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("not come whole within 2 s");
    assertThat(ask()).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ECHO})
  void aHeaderThatComesAByteASecondClosesTheConnection(String before) throws Exception {
    start(TestServer.open(1).with("idle-timeout", SHORT));
    Socket slow = connect();
    send(slow, before + "GET /echo HTTP/1.1\r\nX-A: ");
    drip(slow);

    assertThat(readAll(slow)).doesNotContain("HTTP/1.1 4").hasSizeLessThan(400);
  }

  @Test
  void aResponseThatIsNotReadFreesItsSlot() throws Exception {
    start(TestServer.open(1).with("transfer-timeout", SHORT));
    Socket slow = connect();
    send(slow, "GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(slow.getInputStream().read()).isEqualTo('H');

    assertThat(ask()).startsWith("HTTP/1.1 503 ");
    Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> ask().startsWith("HTTP/1.1 200 "));
  }

  @Test
  void incompleteBodiesTakeBoundedMemory() throws Exception {
    start(TestServer.open(1));
    Socket first = connect();
    send(first, post(MEBIBYTE) + "x".repeat(MEBIBYTE * 3 / 4));
    String half = post(MEBIBYTE / 2) + "\"" + "x".repeat(MEBIBYTE / 2 - 2) + "\"";
    Awaitility.await().until(() -> ask(half).startsWith("HTTP/1.1 503 "));

    first.close();

    Awaitility.await().until(() -> ask(half).startsWith("HTTP/1.1 200 "));
  }

  @Test
  void oneConnectionTooManyIsClosed() throws Exception {
    start(TestServer.open(1).with("max-connections", 2));
    Socket silent = connect();
    Socket asking = connect();
    send(asking, ECHO);
    assertThat(asking.getInputStream().read()).isEqualTo('H');

    Socket third = connect();
    assertThat(readAll(third)).isEmpty();
    silent.close();

    Awaitility.await().until(() -> ask().startsWith("HTTP/1.1 200 "));
  }

  private void start(TestServer config) {
    server = config.start(vertx, LaunchMode.TEST, List.of(ServerTest.echo(), flood()));
    resources.add(() -> server.stop(new ShutdownEvent()));
  }

  /** A connection with a small window, on which reading gives up after ten seconds. */
  private Socket connect() throws IOException {
    Socket socket = new Socket();
    resources.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("localhost", server.port()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Sends a byte a second for as long as it can. */
  private static void drip(Socket socket) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  send(socket, "a");
                  Thread.sleep(1000);
                }
              } catch (IOException | InterruptedException closed) {
                // The server has closed the connection, which ends the drip.
              }
            });
  }

  private static String post(int length) {
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: %d\r\n\r\n".formatted(length);
  }

  private String ask() throws IOException {
    return ask(ECHO);
  }

  /** The first bytes of the response on a new connection; empty when it is closed without one. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  /** Everything that is received until the connection is closed. */
  private static String readAll(Socket socket) throws IOException {
    StringBuilder read = new StringBuilder();
    try {
      for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
        read.append((char) b);
      }
    } catch (SocketException reset) {
      // The connection was closed while a byte was in transit.
    }
    return read.toString();
  }

  /** An operation that answers with more than a connection buffers. */
  private static Operation flood() {
    return StubOperation.get("flood", input -> Uni.createFrom().item("x".repeat(32 * MEBIBYTE)));
  }
}
