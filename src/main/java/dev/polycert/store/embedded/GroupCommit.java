package dev.polycert.store.embedded;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes for all callers with one thread: it applies all changes that wait, commits them as one,
 * and only then answers. One wait for the disk serves them all, and no acknowledged change is lost
 * when the process dies.
 *
 * <p>Reads are kept apart from batches by a lock, rather than pointed at old versions of the maps:
 * what they see is always committed, at the price of waiting for the batch under way, which takes
 * milliseconds. The lock is fair, so that neither side starves the other.
 *
 * <p>Its methods block. When the file fails, all callers that wait get that failure, the batch's
 * changes in memory are dropped, and this object can no longer be used.
 */
final class GroupCommit {
  /** Changes that may wait, and so the largest batch; the caller of one more is blocked. */
  private static final int CAPACITY = 1024;

  private final OrderFile file;
  private final ReentrantReadWriteLock access = new ReentrantReadWriteLock(true);
  private final Lock queue = new ReentrantLock();
  private final Condition queueChanged = queue.newCondition();
  private final Thread writer;
  private List<Write<?>> waiting = new ArrayList<>();
  private volatile @Nullable RuntimeException end;

  private GroupCommit(OrderFile file) {
    this.file = file;
    writer = Thread.ofPlatform().daemon().name("order-book-writer").unstarted(this::work);
  }

  /** Takes the file over, to close it in the end. */
  static GroupCommit start(OrderFile file) {
    GroupCommit commits = new GroupCommit(file);
    commits.writer.start();
    return commits;
  }

  /**
   * Runs a change and returns its result once it is durable.
   *
   * @param change reads first and writes last: when it throws, it has changed nothing
   */
  <T> T write(Supplier<T> change) {
    Write<T> write = new Write<>(change);
    queue.lock();
    try {
      while (waiting.size() >= CAPACITY && end == null) {
        queueChanged.awaitUninterruptibly();
      }
      requireRunning();
      waiting.add(write);
      queueChanged.signalAll();
    } finally {
      queue.unlock();
    }
    return write.await();
  }

  /** Answers a question from what is committed. */
  <T> T read(Supplier<T> question) {
    access.readLock().lock();
    try {
      requireRunning();
      return question.get();
    } catch (MVStoreException broken) {
      end(broken);
      throw broken;
    } finally {
      access.readLock().unlock();
    }
  }

  private void requireRunning() {
    RuntimeException why = end;
    if (why != null) {
      throw why;
    }
  }

  /** Whether the file failed or was closed. */
  boolean ended() {
    return end != null;
  }

  /** Finishes what waits, and returns when the file is closed. */
  void close() {
    end(new IllegalStateException("The order book is closed"));
    Uninterruptibles.joinUninterruptibly(writer);
  }

  /** Rejects all calls from now on, for the first reason that was given. */
  private RuntimeException end(RuntimeException why) {
    queue.lock();
    try {
      RuntimeException reason = end == null ? why : end;
      end = reason;
      queueChanged.signalAll();
      return reason;
    } finally {
      queue.unlock();
    }
  }

  private void work() {
    List<Write<?>> batch = List.of();
    try {
      while (!(batch = next()).isEmpty()) {
        List<Write<?>> changes = batch;
        exclusively(() -> commit(changes));
        batch.forEach(Write::acknowledge);
        if (file.full()) {
          exclusively(file::takeIn);
        }
      }
      exclusively(file::close);
    } catch (RuntimeException | Error broken) {
      RuntimeException why = end(failure(broken));
      batch.forEach(write -> write.fail(why));
      next().forEach(write -> write.fail(why));
    }
  }

  /** Waits for changes; answers with none only when there will be no more. */
  private List<Write<?>> next() {
    queue.lock();
    try {
      while (waiting.isEmpty() && end == null) {
        queueChanged.awaitUninterruptibly();
      }
      List<Write<?>> batch = waiting;
      waiting = new ArrayList<>();
      queueChanged.signalAll();
      return batch;
    } finally {
      queue.unlock();
    }
  }

  private void commit(List<Write<?>> batch) {
    batch.forEach(Write::apply);
    file.commit();
  }

  /** Works on the file alone. A failure closes this before its partial changes can be read. */
  private void exclusively(Runnable work) {
    access.writeLock().lock();
    try {
      work.run();
    } catch (RuntimeException | Error broken) {
      end(failure(broken));
      file.abandon();
      throw broken;
    } finally {
      access.writeLock().unlock();
    }
  }

  private static IllegalStateException failure(Throwable cause) {
    return new IllegalStateException("The order book's file failed", cause);
  }

  /** A change, and the caller that waits for its result. */
  private static final class Write<T> {
    private final Supplier<T> change;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Runnable acknowledgement = () -> {};

    Write(Supplier<T> change) {
      this.change = change;
    }

    void apply() {
      try {
        T result = change.get();
        acknowledgement = () -> answer.complete(result);
      } catch (MVStoreException broken) {
        throw broken;
      } catch (RuntimeException refused) {
        acknowledgement = () -> fail(refused);
      }
    }

    void acknowledge() {
      acknowledgement.run();
    }

    void fail(RuntimeException why) {
      answer.completeExceptionally(why);
    }

    T await() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException why ? why : e;
      }
    }
  }
}
