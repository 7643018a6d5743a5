package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.Resources;
import dev.polycert.whole.chaos.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lives of an order book that end at any step of what it does to its two files, again and again. It
 * always has what was acknowledged then, with or without the batch that was on its way.
 */
class DiskFailureTest {
  private static final int HISTORIES = Scale.of(12, 500);
  private static final int LIVES = 8;
  private static final int BATCHES = 40;
  private static final int STEPS = 60;

  @RegisterExtension final Resources resources = new Resources();

  /** How a life ends. */
  enum End {
    KILLED,
    POWERLESS,
    FAILED
  }

  /** From that step on the file has one of the two. */
  private record Moment(int step, Map<String, String> acknowledged, Map<String, String> begun) {}

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLostAndNoBatchIsHalfThere(End end) throws IOException {
    for (int i = 0; i < HISTORIES; i++) {
      long seed = Scale.seed() + i;
      try {
        live(end, new Random(seed), resources.directory().resolve("history-" + i));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("history of seed %d".formatted(seed), e);
      }
    }
  }

  private static void live(End end, RandomGenerator random, Path directory) throws IOException {
    Disk disk = new Disk(Files.createDirectories(directory.resolve("new")));
    disk.open(true).close();
    // Without waiting for the disk, it outlives the process all the same.
    boolean sync = end != End.KILLED || random.nextBoolean();
    Map<String, String> contents = Map.of();
    for (int life = 0; life < LIVES; life++) {
      disk = disk.left(Files.createDirectory(directory.resolve("begin-" + life)));
      if (end == End.FAILED) {
        disk.failAfter(random.nextInt(STEPS));
      }
      List<Moment> moments = new ArrayList<>();
      moments.add(new Moment(0, contents, contents));
      write(disk, sync, random, moments);

      Path ended = Files.createDirectory(directory.resolve("end-" + life));
      int step = end == End.FAILED ? disk.steps() : random.nextInt(disk.steps() + 1);
      disk =
          switch (end) {
            case KILLED -> disk.killed(ended, step, random);
            case POWERLESS -> disk.powerless(ended, step, random);
            case FAILED -> disk.left(ended);
          };
      Moment last = moments.stream().filter(each -> each.step() <= step).toList().getLast();
      contents = read(disk, sync);
      assertThat(contents)
          .as("what is there after step %d of life %d", step, life)
          .isIn(last.acknowledged(), last.begun());
    }
  }

  private static Map<String, String> read(Disk disk, boolean sync) throws IOException {
    OrderFile file = disk.open(sync);
    try {
      return contents(file);
    } finally {
      file.abandon();
    }
  }

  private static Map<String, String> contents(OrderFile file) {
    Map<String, String> contents = new TreeMap<>();
    file.index("one").forEach((key, value) -> contents.put("one " + key, value));
    file.index("other").forEach((key, value) -> contents.put("other " + key, value));
    return contents;
  }

  /** Commits batches until the disk fails, and closes the file or not. */
  private static void write(Disk disk, boolean sync, RandomGenerator random, List<Moment> moments)
      throws IOException {
    OrderFile file;
    try {
      file = disk.open(sync);
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining(Disk.GONE);
      return;
    }
    try {
      int size = random.nextInt(4) == 0 ? 4000 : 40;
      for (int batches = random.nextInt(BATCHES); batches > 0; batches--) {
        for (int changes = random.nextInt(8); changes >= 0; changes--) {
          change(file, "key" + random.nextInt(STEPS), random, size);
        }
        moments.add(new Moment(disk.steps(), moments.getLast().begun(), contents(file)));
        file.commit();
        moments.add(new Moment(disk.steps(), contents(file), contents(file)));
        if (random.nextInt(10) == 0) {
          file.takeIn();
        }
      }
      if (random.nextInt(3) == 0) {
        file.close();
      }
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining(Disk.GONE);
    } finally {
      file.abandon();
    }
  }

  /** A key is in one map, or moves to the other. */
  private static void change(OrderFile file, String key, RandomGenerator random, int size) {
    MVMap<String, String> one = file.index("one");
    MVMap<String, String> other = file.index("other");
    boolean moves = random.nextInt(4) == 0;
    (moves ? one : other).remove(key);
    StringBuilder value = new StringBuilder();
    random.ints(1L + random.nextInt(size), 'a', 'z').forEach(value::appendCodePoint);
    (moves ? other : one).put(key, value.toString());
  }
}
