package dev.polycert.store.embedded;

import dev.polycert.domain.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The file of the order book: an MVStore, which appends each commit as one checksummed chunk and,
 * when it is opened, goes back to the last chunk that is whole.
 */
final class OrderFile {
  /** Share of live data in percent under which the oldest chunks are written anew. */
  private static final int FILL_RATE = 60;

  /** How much one {@link #tidy} may write at least and at most; all other calls wait for it. */
  private static final int LEAST_TIDY_BYTES = 1 << 18;

  private static final int MOST_TIDY_BYTES = 1 << 23;

  /** A batch rewrites every page that it touches, so small ones cost less than compressed ones. */
  private static final int PAGE_BYTES = 4096;

  private static final int CLOSING_MILLIS = 500;

  private final MVStore store;
  private final boolean sync;

  /** About how many bytes were written since the last {@link #tidy}. */
  private long written;

  private OrderFile(MVStore store, boolean sync) {
    this.store = store;
    this.sync = sync;
  }

  /**
   * Opens the file, and makes it and its directory when they are not there.
   *
   * @throws UnusableFileException when it cannot be made, another process has it, or it is not an
   *     order book
   */
  static OrderFile open(Path path, boolean sync) {
    Path file = path.toAbsolutePath().normalize();
    try {
      make(file);
      // Only commit() may write: without the 0 a full buffer would save half of a batch.
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .pageSplitSize(PAGE_BYTES)
              .compress()
              .open();
      if (sync) {
        // What a commit freed is on the disk as free before the next commit can reuse it.
        store.setRetentionTime(0);
      }
      return new OrderFile(store, sync);
    } catch (IOException e) {
      throw new UnusableFileException(
          "The order book %s (polycert.store.path) cannot be made: %s".formatted(file, e), e);
    } catch (MVStoreException e) {
      throw new UnusableFileException(explain(e, file), e);
    }
  }

  /** Keeps other users from reading it: orders name people, and sealed keys stand beside them. */
  private static void make(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(file.getParent(), only("rwx------"));
      try {
        Files.createFile(file, only("rw-------"));
      } catch (FileAlreadyExistsException raced) {
        // Which of the two processes may have it is decided by the store's lock.
      }
    } else {
      Files.createDirectories(file.getParent());
    }
  }

  private static FileAttribute<?> only(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** The file cannot be opened. */
  static final class UnusableFileException extends StoreException {
    private UnusableFileException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static String explain(MVStoreException e, Path file) {
    String what =
        switch (e.getErrorCode()) {
          case DataUtils.ERROR_FILE_LOCKED ->
              "is in use by another process; stop that one, or give this one another file";
          case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
              "is not an order book, or is damaged";
          default -> "cannot be opened";
        };
    return "The order book %s (polycert.store.path) %s".formatted(file, what);
  }

  MVMap<String, byte[]> values(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  MVMap<String, String> index(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  /** Whether there is a map of that name. */
  boolean has(String name) {
    return store.hasMap(name);
  }

  /** Makes all changes since the last commit durable, all or none of them. */
  void commit() {
    written += store.getUnsavedMemory();
    store.commit();
    if (sync) {
      store.sync();
    }
  }

  /**
   * Makes old space usable again, at the pace at which it was used, in a bounded amount of work.
   */
  void tidy() {
    int share = Math.clamp(written, LEAST_TIDY_BYTES, MOST_TIDY_BYTES);
    if (store.compact(FILL_RATE, share)) {
      commit();
    }
    written = 0;
  }

  /** Closes the file in order, and spends a moment on making it smaller. */
  void close() {
    store.close(CLOSING_MILLIS);
  }

  /** Closes the file without writing, which drops what is not committed. */
  void abandon() {
    store.closeImmediately();
  }
}
