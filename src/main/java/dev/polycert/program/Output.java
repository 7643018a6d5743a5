package dev.polycert.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command, in a file and not in a pipe: a child that outlives the command would
 * hold its end of a pipe open, and so block the thread that reads the other end.
 */
final class Output implements AutoCloseable {
  private static final long MOST_BYTES = 64 << 20;
  private static final int TAIL_BYTES = 16 * 1024;
  private static final int LONGEST_LINE = 1000;

  private final @Nullable Path file;
  private final UnaryOperator<String> hide;
  private String last = "";

  private Output(@Nullable Path file, UnaryOperator<String> hide) {
    this.file = file;
    this.hide = hide;
  }

  /**
   * Opens one; if no file can be made, the output is lost.
   *
   * @param hide see {@link Program#run}
   */
  static Output open(UnaryOperator<String> hide) {
    try {
      return new Output(Files.createTempFile("polycert-program", ".out"), hide);
    } catch (IOException readOnly) {
      return new Output(null, hide);
    }
  }

  Redirect redirect() {
    return file == null ? Redirect.DISCARD : Redirect.appendTo(file.toFile());
  }

  /** Drops all but the last line when the output becomes too long. */
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
    List<String> lines =
        hide.apply(tail()).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String line = lines.isEmpty() ? last : lines.getLast();
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
  }

  /** The last lines, none of them cut: what has to be hidden is found in whole lines only. */
  private String tail() throws IOException {
    if (file == null) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
      channel.read(bytes, from);
      String text = UTF_8.decode(bytes.flip()).toString();
      if (from == 0) {
        return text;
      }
      int end = text.indexOf('\n');
      return end < 0 ? "" : text.substring(end + 1);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
