package dev.polycert.metric;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard output as Lambda reads it: every write is an event of the log. */
final class StandardOutput {

  private StandardOutput() {}

  /** Writes a line with one write, because Lambda's runtime client sends each by itself. */
  static void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    // Looked up each time: the runtime client puts its own stream there.
    PrintStream out = System.out;
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
