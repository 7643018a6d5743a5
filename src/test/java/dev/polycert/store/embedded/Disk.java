package dev.polycert.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;

/**
 * The two files of an order book, with a record of all that is done to them, from which it can be
 * said what a disk has after a crash. A disk writes a sector as a whole or not at all.
 */
final class Disk {
  /** What every step says that fails. */
  static final String GONE = "the disk is gone";

  private static final int SECTOR = 512;

  private final Path store;
  private final Path journal;
  private final byte[] storeBefore;
  private final byte[] journalBefore;
  private final List<Step> steps = new ArrayList<>();
  private int failing = Integer.MAX_VALUE;

  /** Two empty files. */
  Disk(Path directory) throws IOException {
    this(directory, new byte[0], new byte[0]);
  }

  private Disk(Path directory, byte[] store, byte[] journal) throws IOException {
    this.store = Files.write(directory.resolve("orders.mv"), store);
    this.journal = Files.write(directory.resolve("orders.mv.journal"), journal);
    storeBefore = store;
    journalBefore = journal;
  }

  private sealed interface Step {
    boolean ofJournal();
  }

  private record Written(boolean ofJournal, long position, byte[] bytes) implements Step {}

  private record Truncated(boolean ofJournal, long size) implements Step {}

  private record Forced(boolean ofJournal) implements Step {}

  OrderFile open(boolean sync) throws IOException {
    ChunkFile chunks = new RecordedStore(sync);
    chunks.open(store.toString(), false, null);
    MVStore opened = OrderFile.store(chunks);
    FileChannel file = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return OrderFile.open(
        opened, new Journal(journal, new RecordedJournal(file), sync), sync, new Random());
  }

  /** How many steps were done so far. */
  int steps() {
    return steps.size();
  }

  /** Lets all but so many steps fail. */
  void failAfter(int steps) {
    failing = steps;
  }

  private void done(Step step) throws IOException {
    if (steps.size() >= failing) {
      throw new IOException(GONE);
    }
    steps.add(step);
  }

  /** What both files have in the end. */
  Disk left(Path directory) throws IOException {
    return after(directory, steps.size(), false, 100, new Random());
  }

  /** What both files have when the process is killed after that many steps, or in the last one. */
  Disk killed(Path directory, int end, RandomGenerator random) throws IOException {
    return after(directory, end, random.nextBoolean(), 100, random);
  }

  /** What both files have when the power fails: any part of what was not forced to the disk. */
  Disk powerless(Path directory, int end, RandomGenerator random) throws IOException {
    return after(directory, end, false, 50 * random.nextInt(3), random);
  }

  /**
   * Applies the first steps.
   *
   * @param torn whether the last one was not finished
   * @param kept the share of what was not forced to the disk and is there all the same, in percent
   */
  private Disk after(Path directory, int end, boolean torn, int kept, RandomGenerator random)
      throws IOException {
    byte[][] files = {storeBefore, journalBefore};
    int[] forced = {0, 0};
    for (int i = 0; i < end; i++) {
      if (steps.get(i) instanceof Forced step) {
        forced[index(step)] = i;
      }
    }
    for (int i = 0; i < end; i++) {
      Step step = steps.get(i);
      int file = index(step);
      int chance = i < forced[file] ? 100 : kept;
      if (step instanceof Truncated cut) {
        if (cut.size() < files[file].length && random.nextInt(100) < chance) {
          files[file] = Arrays.copyOf(files[file], (int) cut.size());
        }
      } else if (step instanceof Written write) {
        int length = write.bytes().length;
        int until = torn && i == end - 1 ? random.nextInt(length + 1) : length;
        if (!write.ofJournal() && until < length) {
          until -= until % SECTOR;
        }
        for (int from = 0; from < until; ) {
          long place = write.position() + from;
          int to = Math.min(until, from + SECTOR - (int) (place % SECTOR));
          if (random.nextInt(100) < chance) {
            files[file] = write(files[file], place, write.bytes(), from, to);
          }
          from = to;
        }
      }
    }
    return new Disk(directory, files[0], files[1]);
  }

  private static byte[] write(byte[] file, long position, byte[] bytes, int from, int to) {
    int end = (int) position + to - from;
    byte[] after = end > file.length ? Arrays.copyOf(file, end) : file.clone();
    System.arraycopy(bytes, from, after, (int) position, to - from);
    return after;
  }

  private static int index(Step step) {
    return step.ofJournal() ? 1 : 0;
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  private final class RecordedStore extends ChunkFile {
    RecordedStore(boolean sync) {
      super(sync);
    }

    private void note(Step step) {
      try {
        done(step);
      } catch (IOException e) {
        throw new MVStoreException(2, e.getMessage());
      }
    }

    @Override
    void write(SFChunk chunk, long position, ByteBuffer bytes) {
      note(new Written(false, position, copy(bytes)));
      super.write(chunk, position, bytes);
    }

    @Override
    public void sync() {
      note(new Forced(false));
    }

    @Override
    public void truncate(long size) {
      note(new Truncated(false, size));
      super.truncate(size);
    }
  }

  private final class RecordedJournal extends FileChannel {
    private final FileChannel file;

    RecordedJournal(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      done(new Written(true, position, copy(bytes)));
      return file.write(bytes, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      done(new Truncated(true, size));
      file.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      done(new Forced(true));
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
