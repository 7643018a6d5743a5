package dev.polycert.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server that can be cut once, after a number of messages, and led to another one. */
public final class CutLine implements AutoCloseable {
  private final ServerSocket listener;
  private volatile int server;

  /** How many messages pass, in both directions; the next one is lost with its connection. */
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  public CutLine(int server) throws IOException {
    this.server = server;
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Leads new connections to another server, as an address does that moves. */
  public void leadTo(int port) {
    server = port;
  }

  /** Cuts it after so many more messages. */
  public void cutAfter(int messages) {
    left.set(messages);
  }

  /** Whether it was cut; if not, it is not going to be. */
  public boolean wasCut() {
    return left.getAndSet(Integer.MAX_VALUE) < 0;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        connect(client);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
      Thread.startVirtualThread(() -> pass(client, there));
      Thread.startVirtualThread(() -> pass(there, client));
    } catch (ConnectException down) {
      client.close();
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        if (left.getAndDecrement() == 0) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException gone) {
      // And so is the other side now.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
