package dev.polycert.whole.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Passes the bytes between a client and a server on, and says first when a request has left the
 * client and when the server's answer to it is about to come back. HTTP/1.1 without pipelining.
 */
final class Tap implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("(GET|HEAD|POST|PUT|DELETE) (\\S+) HTTP/1\\.1");
  private static final Pattern ACTION =
      Pattern.compile("(?i)(?:X-Amz-Target: \\w+\\.|X-TC-Action: |x-acs-action: )(\\w+)");

  private final Server server;
  private final Watcher watcher;
  private final ServerSocket listener;
  private final String scheme;

  /** Connects to the server. */
  private interface Server {
    Socket connect() throws IOException;
  }

  /** Gets to know of requests; may hold them up, and may refuse to pass them on. */
  interface Watcher {

    /** Whether to pass the request on to the server. */
    boolean sent(String request) throws InterruptedException;

    /** Whether to pass the answer on to the client. */
    boolean answered(String request) throws InterruptedException;
  }

  Tap(URI server, Watcher watcher) throws IOException {
    this(
        "http",
        () -> new Socket(server.getHost(), server.getPort()),
        new ServerSocket(0, 100, InetAddress.getLoopbackAddress()),
        watcher);
  }

  /**
   * One that speaks TLS to both sides.
   *
   * @param tls knows the key of the server, and trusts it
   */
  Tap(URI server, SSLContext tls, Watcher watcher) throws IOException {
    this(
        "https",
        () -> tls.getSocketFactory().createSocket(server.getHost(), server.getPort()),
        tls.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress()),
        watcher);
  }

  private Tap(String scheme, Server server, ServerSocket listener, Watcher watcher) {
    this.scheme = scheme;
    this.server = server;
    this.listener = listener;
    this.watcher = watcher;
    Thread.ofVirtual().start(this::accept);
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** The request that was sent last on a connection, until its answer begins. */
  private static final class Connection {
    private volatile String request = "";
  }

  private void connect(Socket client) {
    try (client;
        Socket there = server.connect()) {
      Connection connection = new Connection();
      Thread back =
          Thread.ofVirtual().start(() -> pass(there, client, bytes -> answer(connection)));
      pass(client, there, bytes -> request(connection, bytes));
      back.join();
    } catch (IOException | InterruptedException broken) {
      // Either side is gone, and so is the other one now.
    }
  }

  private boolean request(Connection connection, String bytes) throws InterruptedException {
    Matcher line = REQUEST.matcher(bytes);
    if (!line.lookingAt()) {
      return true;
    }
    Matcher action = ACTION.matcher(bytes);
    connection.request = action.find() ? action.group(1) : line.group(1) + " " + line.group(2);
    return watcher.sent(connection.request);
  }

  private boolean answer(Connection connection) throws InterruptedException {
    String request = connection.request;
    connection.request = "";
    return request.isEmpty() || watcher.answered(request);
  }

  private interface Gate {
    boolean open(String bytes) throws InterruptedException;
  }

  private static void pass(Socket from, Socket to, Gate gate) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        if (!gate.open(new String(buffer, 0, n, ISO_8859_1))) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException | InterruptedException broken) {
      // As above.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
