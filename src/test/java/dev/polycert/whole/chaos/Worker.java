package dev.polycert.whole.chaos;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The packaged application as a process that shares its orders with others, and may be killed. */
final class Worker implements AutoCloseable {
  private static final String KEY = "fake-key-of-the-chaos-tests";

  private final Process process;
  private final Caller caller;

  /**
   * Starts it and waits until it listens.
   *
   * @param settings where its orders and the vendors are, and more
   * @param sandbox the vendors themselves
   */
  Worker(Map<String, String> settings, Map<String, String> environment, URI sandbox)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("polycert.server.enabled", "true");
    all.put("polycert.server.port", "0");
    all.put("polycert.server.api-key", KEY);
    all.put("polycert.server.renew-every", "0s");
    all.put("polycert.http.limit-factor", "100");
    all.put("polycert.http.backoff", "20ms");
    all.put("polycert.order.lease", "200ms");
    all.put("polycert.order.settle", "0s");
    // Many processes and the table itself share this machine.
    all.put("quarkus.dynamodb.api-call-timeout", "60S");
    all.put("quarkus.dynamodb.api-call-attempt-timeout", "30S");
    all.put("quarkus.dynamodb.async-client.connection-acquisition-timeout", "60S");
    process = RunnerJar.start(all, environment);
    caller = new Caller(URI.create(RunnerJar.listening(process) + "/"), sandbox, KEY);
  }

  Caller caller() {
    return caller;
  }

  /** Ends it where it stands, as a power cut does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Lets it stand still; nothing of it runs until {@link #goOn}. */
  void freeze() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    process.waitFor();
  }
}
