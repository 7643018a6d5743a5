package dev.polycert.look;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.ServedReach;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that answer a handshake with something else cost a bounded time and memory. */
class HostileTlsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** What a client takes for a handshake and a little more, buffers of both sides included. */
  private static final long ENOUGH = 32L * 1024 * 1024;

  @RegisterExtension final Resources resources = new Resources();
  private final AtomicLong sent = new AtomicLong();

  /** What a server does with a connection. */
  private interface Play {
    void with(Socket socket) throws Exception;
  }

  @Test
  void silenceEndsWithTheTime() {
    assertThat(look(socket -> socket.getInputStream().readAllBytes()))
        .isEqualTo("does not answer in time");
  }

  @Test
  void plainTextIsNoHandshake() {
    assertThat(
            look(
                socket -> {
                  socket
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                  socket.getInputStream().readAllBytes();
                }))
        .startsWith("does not shake hands over TLS: ");
  }

  @Test
  void aClosedConnectionIsOneWithoutACertificate() {
    assertThat(look(Socket::close))
        .isEqualTo("breaks the connection before it shows a certificate");
  }

  @Test
  void aMessageThatIsAnnouncedAsHugeIsNotRead() {
    // A record of 16 KiB that begins a message (a certificate) of 16 MiB, again and again.
    byte[] record = new byte[5 + 16_384];
    System.arraycopy(new byte[] {22, 3, 3, 0x40, 0, 2, (byte) 0xff, -1, -1}, 0, record, 0, 9);

    assertThat(look(socket -> flood(socket, record))).doesNotContain("in time");
    assertThat(sent.get()).isLessThan(ENOUGH);
  }

  @Test
  void recordsThatSayNothingEndAfterSomeBytes() {
    // HelloRequest (RFC 5246, section 7.4.1.1), which a client ignores while it shakes hands.
    byte[] record = {22, 3, 3, 0, 4, 0, 0, 0, 0};

    look(socket -> flood(socket, record));

    assertThat(sent.get()).isLessThan(ENOUGH);
  }

  @Test
  void bytesThatComeOneByOneEndWithTheTime() {
    byte[] begin = {22, 3, 3, 0x40, 0};

    assertThat(
            look(
                socket -> {
                  socket.getOutputStream().write(begin);
                  while (true) {
                    socket.getOutputStream().write(0);
                    Thread.sleep(50);
                  }
                }))
        .isEqualTo("does not answer in time");
  }

  private void flood(Socket socket, byte[] record) throws IOException {
    byte[] many = new byte[record.length * Math.max(1, 16_384 / record.length)];
    for (int at = 0; at < many.length; at += record.length) {
      System.arraycopy(record, 0, many, at, record.length);
    }
    OutputStream out = socket.getOutputStream();
    while (true) {
      out.write(many);
      sent.addAndGet(many.length);
    }
  }

  private String look(Play play) {
    ServerSocket server = resources.add(listen());
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                play.with(socket);
              } catch (Exception over) {
                // The client has gone.
              }
            });
    ServedAddress seen =
        LookFixture.servedLook(
                Dns.servers("127.0.0.1:9"), new ServedReach(true, TIMEOUT), LookFixture.CLOCK)
            .look(
                ServedHost.parse("www.example.com@127.0.0.1:" + server.getLocalPort()),
                null,
                LookFixture.soon())
            .await()
            .atMost(Duration.ofSeconds(10))
            .getFirst();
    assertThat(seen.status()).isEqualTo(ServedAddress.Status.UNREACHABLE);
    return seen.detail();
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
