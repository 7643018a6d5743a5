package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.testing.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupCommitTest {
  @RegisterExtension final Resources resources = new Resources();
  private MVMap<String, String> map;
  private GroupCommit commits;

  @BeforeEach
  void open() {
    OrderFile file =
        OrderFile.open(resources.directory().resolve("orders.mv"), false, new Random());
    map = file.index("test");
    commits = GroupCommit.start(file);
    resources.add(() -> commits.close());
  }

  @Test
  void aRefusedChangeDoesNotHarmTheOthersOfItsBatch() throws Exception {
    Batch batch = new Batch();
    FutureTask<String> good = batch.add(() -> map.put("good", "1"));
    FutureTask<String> bad =
        batch.add(
            () -> {
              throw new IllegalArgumentException("not this one");
            });
    batch.run();

    good.get();
    assertThatThrownBy(bad::get).rootCause().hasMessage("not this one");
    reopen();
    assertThat(map).containsOnlyKeys("good");
  }

  @Test
  void ofABatchThatFailsNothingStaysAndNothingIsAcknowledged() throws Exception {
    commits.write(() -> map.put("before", "1"));
    Batch batch = new Batch();
    FutureTask<String> good = batch.add(() -> map.put("good", "1"));
    FutureTask<String> broken = batch.add(GroupCommitTest::fail);
    batch.run();

    assertThatThrownBy(good::get).rootCause().isInstanceOf(MVStoreException.class);
    assertThatThrownBy(broken::get).rootCause().isInstanceOf(MVStoreException.class);
    assertThat(commits.ended()).isTrue();
    assertThatThrownBy(() -> commits.write(() -> map.put("after", "1")))
        .hasRootCauseInstanceOf(MVStoreException.class);
    reopen();
    assertThat(map).containsOnlyKeys("before");
  }

  /** The store would save its changes by itself when they get large, unless that is turned off. */
  @Test
  void evenOfAHugeBatchNothingStaysWhenItFails() throws Exception {
    Batch batch = new Batch();
    for (int i = 0; i < 64; i++) {
      String key = "key" + i;
      batch.add(() -> map.put(key, "x".repeat(1 << 20)));
    }
    FutureTask<String> broken = batch.add(GroupCommitTest::fail);
    batch.run();

    assertThatThrownBy(broken::get).rootCause().isInstanceOf(MVStoreException.class);
    reopen();
    assertThat(map).isEmpty();
  }

  @Test
  void aReadNeverSeesWhatIsNotCommitted() throws Exception {
    commits.write(() -> map.put("key", "committed"));
    CountDownLatch changed = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<String> write =
        start(
            () ->
                commits.write(
                    () -> {
                      map.put("key", "lost");
                      changed.countDown();
                      await(goOn);
                      return fail();
                    }));
    changed.await();
    FutureTask<String> read = new FutureTask<>(() -> commits.read(() -> map.get("key")));
    Thread reader = Thread.ofPlatform().start(read);
    awaitWaiting(reader);
    goOn.countDown();

    assertThatThrownBy(write::get).rootCause().isInstanceOf(MVStoreException.class);
    assertThatThrownBy(read::get).rootCause().isInstanceOf(MVStoreException.class);
  }

  @Test
  void whatWaitsWhenTheBookClosesIsStillWritten() throws Exception {
    Batch batch = new Batch();
    List<FutureTask<String>> writes =
        IntStream.range(0, 50).mapToObj(i -> batch.add(() -> map.put("key" + i, "1"))).toList();
    FutureTask<String> closing = batch.run(() -> commits.close());

    closing.get();
    for (FutureTask<String> write : writes) {
      write.get();
    }
    reopen();
    assertThat(map).hasSize(50);
  }

  /** More changes than may wait: the rest waits to be let in. */
  @Test
  void everyOneOfVeryManyChangesIsWritten() throws Exception {
    Batch batch = new Batch();
    List<FutureTask<String>> writes =
        IntStream.range(0, 3000).mapToObj(i -> batch.add(() -> map.put("key" + i, "1"))).toList();
    batch.run();

    for (FutureTask<String> write : writes) {
      write.get();
    }
    assertThat(commits.read(map::size)).isEqualTo(3000);
  }

  private void reopen() {
    commits.close();
    OrderFile file =
        OrderFile.open(resources.directory().resolve("orders.mv"), false, new Random());
    map = file.index("test");
    commits = GroupCommit.start(file);
  }

  private static String fail() {
    throw new MVStoreException(1, "the disk is gone");
  }

  private static FutureTask<String> start(Supplier<String> work) {
    FutureTask<String> task = new FutureTask<>(work::get);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  /** Changes that are brought while the writer is held up, so that they end up in one batch. */
  private final class Batch {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();

    Batch() throws InterruptedException {
      start(
          () ->
              commits.write(
                  () -> {
                    held.countDown();
                    GroupCommitTest.await(goOn);
                    return "";
                  }));
      held.await();
    }

    FutureTask<String> add(Supplier<String> change) {
      FutureTask<String> write = new FutureTask<>(() -> commits.write(change));
      callers.add(Thread.ofVirtual().start(write));
      return write;
    }

    void run() throws InterruptedException {
      run(() -> {});
    }

    FutureTask<String> run(Runnable meanwhile) throws InterruptedException {
      for (Thread caller : callers) {
        awaitWaiting(caller);
      }
      FutureTask<String> task = new FutureTask<>(meanwhile, "");
      Thread other = Thread.ofPlatform().start(task);
      awaitWaiting(other);
      goOn.countDown();
      return task;
    }
  }
}
