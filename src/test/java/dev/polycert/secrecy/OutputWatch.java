package dev.polycert.secrecy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps a copy of the standard output, where metrics go. */
public final class OutputWatch implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  public OutputWatch() {
    System.setOut(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
  }

  private final class Both extends OutputStream {
    @Override
    public void write(int b) {
      before.write(b);
      copy.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      before.write(bytes, offset, length);
      copy.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      before.flush();
    }
  }

  /** What was written so far. */
  public String text() {
    return copy.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
