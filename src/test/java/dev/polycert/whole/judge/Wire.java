package dev.polycert.whole.judge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The wire between an SDK and the sandbox, on which what is sent can be altered, and seen and sent
 * once more. One exchange at a time.
 */
final class Wire implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private volatile UnaryOperator<String> tampering = UnaryOperator.identity();

  Wire(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** Where an SDK finds the sandbox, {@code 127.0.0.1:port}. */
  String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Replaces a text on its way by another of the same length. */
  void tamper(String text, String by) {
    if (text.length() != by.length()) {
      throw new IllegalArgumentException("the length is told before the text is sent");
    }
    tampering = sent -> sent.replace(text, by);
  }

  /** The body of the last answer. */
  String lastBody() {
    synchronized (answer) {
      String all = answer.toString(StandardCharsets.UTF_8);
      return all.substring(all.indexOf("\r\n\r\n") + 4);
    }
  }

  /** Sends the bytes of the last request once more, and gives the whole answer. */
  String replay() throws IOException {
    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), target)) {
      synchronized (answer) {
        again.getOutputStream().write(request.toByteArray());
      }
      again.getOutputStream().flush();
      again.setSoTimeout(500);
      return read(again.getInputStream());
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (java.net.SocketTimeoutException complete) {
      // a kept-alive connection says no more
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket vendor = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.startVirtualThread(() -> pump(client, vendor, true));
        Thread.startVirtualThread(() -> pump(vendor, client, false));
      }
    } catch (IOException closed) {
      // no more connections
    }
  }

  private void pump(Socket from, Socket to, boolean asks) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        byte[] passed = passed(buffer, n, asks);
        out.write(passed);
        out.flush();
      }
    } catch (IOException closed) {
      // either side has hung up
    }
  }

  private byte[] passed(byte[] buffer, int length, boolean asks) {
    synchronized (answer) {
      if (!asks) {
        answer.write(buffer, 0, length);
        return java.util.Arrays.copyOf(buffer, length);
      }
      if (answer.size() > 0) {
        request.reset();
        answer.reset();
      }
      String sent = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      byte[] altered = tampering.apply(sent).getBytes(StandardCharsets.ISO_8859_1);
      request.writeBytes(altered);
      return altered;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
