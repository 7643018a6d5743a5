package dev.polycert.store.embedded;

import dev.polycert.store.OrderJson;
import dev.polycert.store.StoreConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The one file of this process, for the orders and for the vault. It is opened by the first use,
 * not before.
 *
 * <p>Every call gets a virtual thread of its own, which waits for the disk and then carries the
 * caller's continuation: neither an event loop nor the one writer is ever held up. They are not the
 * threads of a shared pool, because a pool interrupts its threads at shutdown, and an interrupt in
 * the middle of a read closes the file.
 */
@ApplicationScoped
class EmbeddedFile {
  private final RandomGenerator random;
  private final StoreConfig config;
  private final OrderJson json = new OrderJson();
  private final Executor threads = Thread::startVirtualThread;
  private @Nullable Session session;
  private boolean closed;

  EmbeddedFile(RandomGenerator random, StoreConfig config) {
    this.random = random;
    this.config = config;
  }

  /** The open file. */
  record Session(
      GroupCommit commits, OrderTables orders, KeyTables keys, MVMap<String, byte[]> vault) {

    private static Session open(StoreConfig config, RandomGenerator random, OrderJson json) {
      OrderFile file = OrderFile.open(config.path(), config.sync(), random);
      try {
        OrderTables orders = new OrderTables(file, json, config.history());
        KeyTables keys = new KeyTables(file.values("pullKeys"), file.values("apiKeys"), json);
        MVMap<String, byte[]> vault = file.values("vault");
        return new Session(GroupCommit.start(file), orders, keys, vault);
      } catch (RuntimeException e) {
        file.abandon();
        throw e;
      }
    }
  }

  /** Runs a change and answers once it is durable. */
  <T> Uni<T> write(Function<Session, T> change) {
    return run(
        () -> {
          Session open = session();
          return open.commits.write(() -> change.apply(open));
        });
  }

  /** Answers a question from what is committed. */
  <T> Uni<T> read(Function<Session, T> question) {
    return run(
        () -> {
          Session open = session();
          return open.commits.read(() -> question.apply(open));
        });
  }

  <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom().item(work).runSubscriptionOn(threads);
  }

  /** The open file; opened anew after a failure, which goes back to what was committed. */
  synchronized Session session() {
    if (closed) {
      throw new IllegalStateException("The order book is closed");
    }
    if (session != null && session.commits.ended()) {
      session.commits.close();
      session = null;
    }
    if (session == null) {
      session = Session.open(config, random, json);
    }
    return session;
  }

  /** Closes the file, so that the next process can open it. */
  @PreDestroy
  synchronized void close() {
    closed = true;
    if (session != null) {
      session.commits.close();
    }
  }
}
