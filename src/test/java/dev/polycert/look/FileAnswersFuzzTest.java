package dev.polycert.look;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.Finding;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.xbill.DNS.Name;

/** Whatever a web server answers, a look ends in a finding, in time, and goes nowhere else. */
class FileAnswersFuzzTest {
  private static final String CONTENT = "token";
  private static final Cases CASES = new Cases(FileAnswersFuzzTest.class, 15_000);

  private static final List<String> STATUS =
      List.of(
          "200 OK",
          "200 OK",
          "302 Found",
          "302 Found",
          "301 x",
          "100 Continue",
          "204 x",
          "101 Switching Protocols",
          "304 x",
          "404 x",
          "999 x",
          "200",
          "x");

  private static final List<String> HEADERS =
      List.of(
          "Content-Length: 5",
          "Content-Length: 6",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Content-Length: 5\r\nContent-Length: 7",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 3",
          "Content-Encoding: gzip",
          "Connection: keep-alive",
          "Upgrade: h2c\r\nConnection: upgrade",
          "X-A: " + "a".repeat(20_000),
          "X-A",
          ": a",
          "X-A: \u0000\u0001");

  private static final List<String> BODIES =
      List.of(
          CONTENT,
          " token\n",
          "",
          "5\r\ntoken\r\n0\r\n\r\n",
          "ffffffffffffffff\r\ntoken",
          "-1\r\ntoken",
          "5;" + "x".repeat(9000) + "\r\ntoken\r\n0\r\n\r\n",
          "0\r\nX-A: b\r\n\r\n",
          "token".repeat(40_000),
          "\u0000\u001b[31m\ud800");

  /** All of what may follow in a Location, from what must be followed to what must not. */
  private static final List<String> TARGETS =
      List.of(
          "/a",
          "b?c=d",
          "//www.example.com/",
          "http://www.example.com/",
          "https://www.example.com/",
          "http://169.254.169.254/latest/meta-data/",
          "http://127.0.0.2/",
          "http://[::1]/",
          "http://other.example.com/",
          "http://www.example.com:22/",
          "HTTP://WWW.EXAMPLE.COM/",
          "http://www.example.com@10.0.0.1/",
          "http://www.example.com\\@10.0.0.1/",
          "http:/\\x",
          "ftp://www.example.com/",
          "#",
          "?",
          "http://www.example.com:99999/",
          "http://%6cocalhost/");

  private static Vertx vertx;
  private static HostileServer server;
  private static FileLook look;

  @BeforeContainer
  static void start() throws IOException {
    vertx = Vertx.vertx();
    server = new HostileServer();
    LookFixture.Reach reach = new LookFixture.Reach(false, server.port());
    PublicAddresses addresses =
        new PublicAddresses(reach) {
          @Override
          boolean allows(InetAddress address) {
            return address.getHostAddress().equals("127.0.0.1") || super.allows(address);
          }
        };
    look =
        new FileLook(
            new HttpTargets(reach, new OneHost(), addresses),
            new OneAddress(vertx),
            LookFixture.CLOCK);
  }

  @AfterContainer
  static void stop() throws IOException {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    CASES.tell();
  }

  @Property(seed = "67", shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAFinding(@ForAll long seed) {
    server.begin(seed);
    try {
      Finding finding =
          CASES.of(
              server.answered::get,
              () -> look.look("http://www.example.com/f.txt", CONTENT, LookFixture.soon()));

      Statistics.label("finding").collect(finding.status());
      assertThat(finding.toString()).hasSizeLessThan(10_000);
      assertThat(String.valueOf(finding.missing())).doesNotContainPattern("\\p{Cntrl}");
    } catch (RuntimeException e) {
      throw new AssertionError("with seed " + seed + " it threw", e);
    }
  }

  /** Of all names only one has an address, and nobody is asked for it. */
  private static final class OneHost extends RecursiveResolver {
    private static final LookFixture.Dns DNS = LookFixture.Dns.servers("192.0.2.1");

    OneHost() {
      super(DNS, new DnsQuestions(DNS, LookFixture.CLOCK));
    }

    @Override
    List<InetAddress> allAddresses(Name host, Instant deadline) {
      return host.toString(true).equalsIgnoreCase("www.example.com")
          ? List.of(InetAddress.ofLiteral("127.0.0.1"))
          : List.of();
    }
  }

  /** Goes to the hostile server and nowhere else, and does not wait there for long. */
  private static final class OneAddress extends HttpFetch {
    OneAddress(Vertx vertx) {
      super(vertx);
    }

    @Override
    Fetched get(URI url, InetAddress address, int port, Duration limit) {
      assertThat(address.getHostAddress()).as("where %s leads", url).isEqualTo("127.0.0.1");
      assertThat(port).isIn(80, 443, server.port());
      Fetched fetched = super.get(url, address, server.port(), Duration.ofSeconds(5));
      if (fetched instanceof Fetched.Broken(String why)) {
        assertThat(why).as("an answer that ended").doesNotContain("in time");
      }
      return fetched;
    }
  }

  /** Answers every connection with something else, and closes it. */
  private static final class HostileServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    private final AtomicLong answered = new AtomicLong();
    private Mutator mutator = new Mutator(new SplittableRandom(0));
    private SplittableRandom random = new SplittableRandom(0);

    HostileServer() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    synchronized void begin(long seed) {
      random = new SplittableRandom(seed);
      mutator = new Mutator(random);
      answered.set(0);
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          byte[] answer = answer();
          answered.addAndGet(answer.length);
          connection.getInputStream().read(new byte[8192]);
          OutputStream out = connection.getOutputStream();
          out.write(answer);
          out.flush();
          connection.shutdownOutput();
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException gone) {
          // The look has seen enough, or the test has ended.
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private synchronized byte[] answer() {
      StringBuilder answer = new StringBuilder("HTTP/1.1 " + mutator.pick(STATUS) + "\r\n");
      if (random.nextInt(3) != 0) {
        boolean known = random.nextInt(3) != 0;
        answer.append("Location: ").append(mutator.pick(known ? TARGETS : Mutator.TEXTS));
        answer.append("\r\n");
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        answer.append(mutator.pick(HEADERS)).append("\r\n");
      }
      answer.append("\r\n").append(mutator.pick(BODIES));
      byte[] bytes = answer.toString().getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
      return random.nextInt(3) == 0 ? mutator.bytes(bytes) : bytes;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
