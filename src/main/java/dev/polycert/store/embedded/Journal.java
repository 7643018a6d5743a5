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
 * checksum is that of all records so far, so that what a disk has kept from before a {@link
 * #restart} does not count. A record that a crash cut off is not read, nor is anything behind it.
 */
final class Journal {
  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  private final Path path;
  private final FileChannel file;
  private final boolean sync;
  private CRC32C checksum = new CRC32C();
  private long end;

  /**
   * Takes an open file. What is in it can be read; it goes on only after a {@link #restart}.
   *
   * @param sync whether each record is forced to the disk
   */
  Journal(Path path, FileChannel file, boolean sync) {
    this.path = path;
    this.file = file;
    this.sync = sync;
  }

  /** Opens the file, or makes it. */
  static Journal open(Path path, boolean sync) throws IOException {
    return new Journal(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        sync);
  }

  /** How large the file is that was found. */
  long found() throws IOException {
    return file.size();
  }

  /** The contents of the records that are whole, the oldest first. */
  List<ByteBuffer> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file.read(bytes, bytes.position());
    }
    bytes.flip();
    CRC32C sum = new CRC32C();
    List<ByteBuffer> contents = new ArrayList<>();
    while (bytes.remaining() > HEAD_BYTES) {
      int length = bytes.getInt();
      int expected = bytes.getInt();
      if (length <= 0 || length > bytes.remaining()) {
        break;
      }
      ByteBuffer content = bytes.slice(bytes.position(), length);
      sum.update(content.duplicate());
      if ((int) sum.getValue() != expected) {
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
    checksum = new CRC32C();
    append(content);
  }

  /** Writes a record behind the others, and returns once it is durable. */
  void append(ByteBuffer content) throws IOException {
    checksum.update(content.duplicate());
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + content.remaining());
    bytes.putInt(content.remaining()).putInt((int) checksum.getValue()).put(content).flip();
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
    if (sync) {
      file.force(false);
    }
  }

  /** How much was written since it began anew, in bytes; 0 before. */
  long size() {
    return end;
  }

  /** Closes the file and leaves it where it is. */
  void close() throws IOException {
    file.close();
  }

  /**
   * Closes the file and deletes it; emptied first, because it may come back when the power fails,
   * and may stay where another process looks at it.
   */
  void delete() throws IOException {
    file.truncate(0);
    if (sync) {
      file.force(false);
    }
    file.close();
    Files.deleteIfExists(path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
