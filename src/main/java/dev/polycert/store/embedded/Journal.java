package dev.polycert.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records that is only appended to: each is its length, its checksum and its content. A
 * record that a crash cut off is not read, nor is anything behind it.
 */
final class Journal {
  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  private final Path path;
  private final FileChannel file;
  private final boolean sync;
  private long end;

  private Journal(Path path, FileChannel file, boolean sync) {
    this.path = path;
    this.file = file;
    this.sync = sync;
  }

  /**
   * Opens the file, or makes it. What is in it can be read; it goes on only after a {@link
   * #restart}.
   *
   * @param sync whether each record is forced to the disk
   */
  static Journal open(Path path, boolean sync) throws IOException {
    return new Journal(
        path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE), sync);
  }

  /** The contents of the records that are whole, the oldest first. */
  List<ByteBuffer> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    List<ByteBuffer> contents = new ArrayList<>();
    while (bytes.remaining() > HEAD_BYTES) {
      int length = bytes.getInt();
      int checksum = bytes.getInt();
      if (length <= 0 || length > bytes.remaining()) {
        break;
      }
      ByteBuffer content = bytes.slice(bytes.position(), length);
      if (checksum(content) != checksum) {
        break;
      }
      contents.add(content);
      bytes.position(bytes.position() + length);
    }
    return contents;
  }

  /** Begins anew with this record alone. */
  void restart(ByteBuffer content) throws IOException {
    file.truncate(0);
    end = 0;
    append(content);
  }

  /** Writes a record behind the others, and returns once it is durable. */
  void append(ByteBuffer content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + content.remaining());
    bytes.putInt(content.remaining()).putInt(checksum(content)).put(content).flip();
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
    if (sync) {
      file.force(false);
    }
  }

  private static int checksum(ByteBuffer content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content.duplicate());
    return (int) checksum.getValue();
  }

  /** How much was written since it began anew, in bytes; 0 before. */
  long size() {
    return end;
  }

  /** Closes the file and leaves it where it is. */
  void close() throws IOException {
    file.close();
  }

  /** Closes the file and deletes it. */
  void delete() throws IOException {
    file.close();
    Files.delete(path);
  }
}
