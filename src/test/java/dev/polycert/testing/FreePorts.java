package dev.polycert.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that need a given one. They are below those that the system gives to others by
 * itself (from 32768 on), and each process of tests has its own, because a server may bind its port
 * seconds after it was looked for.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int OF_A_PROCESS = 300;
  private static final int PROCESSES = 40;

  private static final int OWN =
      FIRST + (int) (ProcessHandle.current().pid() % PROCESSES) * OF_A_PROCESS;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(OF_A_PROCESS));

  private FreePorts() {}

  /** A port of the loopback address that nothing listens on, by TCP nor by UDP. */
  public static int next() {
    for (int tried = 0; tried < OF_A_PROCESS; tried++) {
      int port = OWN + NEXT.getAndIncrement() % OF_A_PROCESS;
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket tcp = new ServerSocket(port, 1, loopback);
          DatagramSocket udp = new DatagramSocket(port, loopback)) {
        return udp.getLocalPort();
      } catch (IOException taken) {
        // Another one then.
      }
    }
    throw new IllegalStateException("No port is free from %d on".formatted(OWN));
  }
}
