package dev.polycert.whole.secrecy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps a copy of the standard output, where metrics go. */
public final class OutputWatch implements AutoCloseable {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  private final PrintStream rest;

  public OutputWatch() {
    this(System.out);
  }

  private OutputWatch(PrintStream rest) {
    this.rest = rest;
    System.setOut(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
  }

  /** Lets nobody else have what is written. */
  public static OutputWatch alone() {
    return new OutputWatch(new PrintStream(OutputStream.nullOutputStream()));
  }

  private final class Both extends OutputStream {
    @Override
    public void write(int b) {
      rest.write(b);
      copy.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      rest.write(bytes, offset, length);
      copy.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      rest.flush();
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
