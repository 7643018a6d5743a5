package dev.polycert.vendor.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command says, in a file of its own and not in a pipe: a child that outlives the command
 * holds its end of a pipe open, and with it the thread that reads the other end.
 */
final class Output implements AutoCloseable {
  private static final long MOST_BYTES = 64 << 20;
  private static final int TAIL_BYTES = 16 * 1024;
  private static final int LONGEST_LINE = 1000;

  private final @Nullable Path file;
  private String last = "";

  private Output(@Nullable Path file) {
    this.file = file;
  }

  /** Opens one; where no file can be, what is said is lost. */
  static Output open() {
    try {
      return new Output(Files.createTempFile("polycert-hook", ".out"));
    } catch (IOException readOnly) {
      return new Output(null);
    }
  }

  Redirect redirect() {
    return file == null ? Redirect.DISCARD : Redirect.appendTo(file.toFile());
  }

  /** Forgets all but the last line of what has become too much. */
  void bound() throws IOException {
    if (file != null && Files.size(file) > MOST_BYTES) {
      last = lastLine();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  /** The beginning of the last line that is not blank. */
  String lastLine() throws IOException {
    List<String> lines = tail().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String line = lines.isEmpty() ? last : lines.getLast();
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
  }

  private String tail() throws IOException {
    if (file == null) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
      channel.read(bytes, from);
      return UTF_8.decode(bytes.flip()).toString();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
