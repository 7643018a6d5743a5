package dev.polycert.metric;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard output as Lambda reads it: every write is an event of the log. */
final class StandardOutput {

  private StandardOutput() {}

  /** Writes a line as one event. */
  static void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    // Not kept in a field, because the runtime client puts its own stream there.
    PrintStream out = System.out;
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
