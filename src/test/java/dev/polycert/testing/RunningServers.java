package dev.polycert.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.ArrayDeque;
import java.util.Deque;

/** The servers that a test with Quarkus needs beside it. */
public abstract class RunningServers implements QuarkusTestResourceLifecycleManager {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /** Closes it at the end, before those that were added earlier. */
  protected final <T extends AutoCloseable> T add(T server) {
    running.push(server);
    return server;
  }

  @Override
  public final void stop() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
