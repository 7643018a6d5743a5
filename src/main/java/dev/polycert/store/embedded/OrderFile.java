package dev.polycert.store.embedded;

import dev.polycert.domain.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file of the order book: an MVStore, with a {@link Journal} beside it.
 *
 * <p>A commit of the store appends every page that was touched, from the leaf to the root, as one
 * checksummed chunk; opened after a crash, it goes back to the last chunk that is whole. That costs
 * far more than the few values that a batch changes. So a batch goes to the journal, and from time
 * to time one commit of the store takes in what the journal has. Opened after a crash, the store
 * repeats the changes of the journal; they say what each key has, so repeating them twice does no
 * harm.
 */
final class OrderFile {
  /** Changes that the journal takes before the store takes them in. */
  private static final int JOURNAL_BYTES = 1 << 22;

  /** Share of live data in percent under which the oldest chunks are written anew. */
  private static final int FILL_RATE = 60;

  /** How much of that may be written at once, at least and at most; all other calls wait for it. */
  private static final int LEAST_TIDY_BYTES = 1 << 18;

  private static final int MOST_TIDY_BYTES = 1 << 23;

  private static final int PAGE_BYTES = 4096;

  private static final int CLOSING_MILLIS = 500;

  /** In the store: which journal goes on from it. */
  private static final String ROUND = "round";

  /** In the store: which journal it has taken in, if that one still lies there. */
  private static final String TAKEN_IN = "taken in";

  /** A journal that is larger is none that was written here. */
  private static final int MOST_JOURNAL_BYTES = 2 * JOURNAL_BYTES + 1024;

  /** Two numbers as a record. */
  private static final int HEAD_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

  private final MVStore store;
  private final Journal journal;
  private final boolean sync;
  private final RandomGenerator random;
  private final Map<String, JournaledMap<?>> maps = new LinkedHashMap<>();
  private final MVMap<String, Long> rounds;

  /** Which journal lies there. */
  private long lying;

  private OrderFile(MVStore store, Journal journal, boolean sync, RandomGenerator random) {
    this.random = random;
    this.store = store;
    this.journal = journal;
    this.sync = sync;
    rounds =
        store.openMap(
            "journal",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    lying = round();
  }

  /**
   * Opens the file, and makes it and its directory when they are not there.
   *
   * @throws UnusableFileException when it cannot be made, another process has it, or it is not an
   *     order book
   */
  static OrderFile open(Path path, boolean sync, RandomGenerator random) {
    Path file = path.toAbsolutePath().normalize();
    try {
      make(file);
      ChunkFile chunks = new ChunkFile(sync);
      chunks.open(file.toString(), false, null);
      MVStore store = store(chunks);
      try {
        if (chunks.isReadOnly()) {
          throw new UnusableFileException(
              ("The order book %s (polycert.store.path) cannot be written;"
                      + " give the user of this process the right to")
                  .formatted(file),
              null);
        }
        return open(store, journal(file, sync), sync, random);
      } catch (RuntimeException | Error e) {
        store.closeImmediately();
        throw e;
      }
    } catch (IOException e) {
      throw new UnusableFileException(
          "The order book %s (polycert.store.path) cannot be made: %s".formatted(file, e), e);
    } catch (MVStoreException e) {
      throw new UnusableFileException(explain(e, file), e);
    }
  }

  private static Journal journal(Path file, boolean sync) {
    Path path = file.resolveSibling(file.getFileName() + ".journal");
    try {
      make(path);
      return Journal.open(path, sync);
    } catch (IOException e) {
      throw new UnusableFileException(
          ("The journal %s of the order book (polycert.store.path) cannot be opened: %s;"
                  + " this process has to read and write it")
              .formatted(path, e),
          e);
    }
  }

  /** Opens the store that is in this open file. */
  static MVStore store(ChunkFile chunks) {
    // Only commit() may write: without the 0 a full buffer would save half of a batch.
    return new MVStore.Builder()
        .adoptFileStore(chunks)
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .pageSplitSize(PAGE_BYTES)
        .compress()
        .open();
  }

  /** Opens the order book that is in these two. */
  static OrderFile open(MVStore store, Journal journal, boolean sync, RandomGenerator random) {
    OrderFile file = new OrderFile(store, journal, sync, random);
    try {
      if (sync) {
        // What a commit freed is on the disk as free before the next commit can reuse it.
        store.setRetentionTime(0);
      }
      file.recover();
      return file;
    } catch (RuntimeException | Error e) {
      file.abandon();
      throw e;
    }
  }

  /** Repeats the changes that the journal has and the store has not. */
  private void recover() {
    List<ByteBuffer> records = records();
    if (records.isEmpty()) {
      return;
    }
    ByteBuffer head = records.removeFirst();
    lying = head.getLong();
    if (Objects.equals(lying, rounds.get(TAKEN_IN))) {
      // A crash came after the store had taken all in, and before the journal began anew.
      return;
    }
    if (lying != round()) {
      throw unusable(
          "does not belong to the order book beside it, or belongs to an earlier or later state of"
              + " it; put the two files back that belong together, or delete that file to go on"
              + " without the changes in it");
    }
    if (head.getLong() != store.getCurrentVersion()) {
      throw unusable(
          "has changes that an earlier version of Polycert could not read before it changed the"
              + " order book; delete that file to go on without them");
    }
    records.forEach(record -> JournaledMap.readChanges(record, this));
  }

  private List<ByteBuffer> records() {
    try {
      long found = journal.found();
      List<ByteBuffer> records = found > MOST_JOURNAL_BYTES ? List.of() : journal.read();
      // A crash can cut off the first record only while there is no other.
      if (records.isEmpty()
          ? found > HEAD_BYTES
          : records.getFirst().remaining() != 2 * Long.BYTES) {
        throw unusable(
            "is damaged, or is no journal of this version of Polycert; put back the one that was"
                + " there, or delete that file to go on without the changes in it");
      }
      return records;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UnusableFileException unusable(String what) {
    return new UnusableFileException(
        "The journal %s of the order book (polycert.store.path) %s".formatted(journal, what), null);
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "The journal %s of the order book failed".formatted(journal), e);
  }

  private long round() {
    return Objects.requireNonNullElse(rounds.get(ROUND), 0L);
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
        syncDirectoryOf(file);
      } catch (FileAlreadyExistsException raced) {
        // Which of the two processes may have it is decided by the store's lock.
      }
    } else {
      Files.createDirectories(file.getParent());
    }
  }

  /** Makes durable that a file is there; without that, its content may be durable in vain. */
  private static void syncDirectoryOf(Path file) throws IOException {
    try (FileChannel directory = FileChannel.open(file.getParent())) {
      directory.force(true);
    }
  }

  private static FileAttribute<?> only(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** The file cannot be opened. */
  static final class UnusableFileException extends StoreException {
    private UnusableFileException(String message, @Nullable Throwable cause) {
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
    return map(name, ByteArrayDataType.INSTANCE);
  }

  MVMap<String, String> index(String name) {
    return map(name, StringDataType.INSTANCE);
  }

  private <V> MVMap<String, V> map(String name, DataType<V> type) {
    JournaledMap<V> map = store.openMap(name, new JournaledMap.Builder<>(type));
    maps.put(name, map);
    return map;
  }

  /** Whether there is a map of that name. */
  boolean has(String name) {
    return store.hasMap(name);
  }

  /** Makes all changes since the last commit durable, all or none of them. */
  void commit() {
    if (maps.values().stream().noneMatch(JournaledMap::hasChanges)) {
      return;
    }
    // The first one also takes in what a crash left in the journal, or an index that was made anew.
    if (journal.size() == 0) {
      takeIn();
      return;
    }
    WriteBuffer changes = new WriteBuffer();
    maps.values().forEach(map -> map.writeChanges(changes));
    if (journal.size() + changes.position() > 2 * JOURNAL_BYTES) {
      takeIn();
      return;
    }
    try {
      journal.append(ByteBuffer.wrap(changes.getBuffer().array(), 0, changes.position()));
    } catch (IOException e) {
      throw failed(e);
    }
    maps.values().forEach(JournaledMap::committed);
  }

  /** Whether it is time to {@link #takeIn}. */
  boolean full() {
    return journal.size() > JOURNAL_BYTES;
  }

  /**
   * Makes all changes durable in the store, and begins the journal anew. Then makes old space
   * usable again, at the pace at which it was used, in a bounded amount of work.
   */
  void takeIn() {
    // Not a count: two copies of a file that go on apart must not have the same.
    long round = random.nextLong();
    rounds.put(ROUND, round);
    rounds.put(TAKEN_IN, lying);
    int written = store.getUnsavedMemory();
    save();
    if (store.compact(FILL_RATE, Math.clamp(written, LEAST_TIDY_BYTES, MOST_TIDY_BYTES))) {
      save();
    }
    try {
      journal.restart(
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(round)
              .putLong(store.getCurrentVersion())
              .flip());
    } catch (IOException e) {
      throw failed(e);
    }
    lying = round;
    maps.values().forEach(JournaledMap::committed);
  }

  private void save() {
    store.commit();
    if (sync) {
      store.sync();
    }
  }

  /** Closes the file in order, and spends a moment on making it smaller. */
  void close() {
    if (store.isClosed()) {
      // It has failed, and what it lost is in the journal.
      abandon();
      return;
    }
    if (store.hasUnsavedChanges()) {
      takeIn();
    }
    try {
      journal.delete();
    } catch (IOException e) {
      throw failed(e);
    }
    store.close(CLOSING_MILLIS);
  }

  /** Closes the file without writing, which drops what is not committed. */
  void abandon() {
    store.closeImmediately();
    try {
      journal.close();
    } catch (IOException e) {
      // Nothing was left to write, and all callers get the failure that led here.
    }
  }
}
