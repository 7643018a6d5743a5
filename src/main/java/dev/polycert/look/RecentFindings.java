package dev.polycert.look;

import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Shares what was found about a name with the looks that begin within a minute, also while it is
 * looked for: a request for several vendors asks the DNS once. Blocks; for virtual threads only.
 */
final class RecentFindings<T> {
  static final Duration AGE = Duration.ofMinutes(1);

  private static final int MOST_NAMES = 2000;

  private final ConcurrentMap<String, CompletableFuture<T>> byName =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_NAMES)
          .expireAfterWrite(AGE)
          .<String, CompletableFuture<T>>build()
          .asMap();

  private final Predicate<T> shared;
  private final Clock clock;

  /**
   * Starts without findings.
   *
   * @param shared which findings are shared; of any other, each look makes its own
   */
  RecentFindings(Predicate<T> shared, Clock clock) {
    this.shared = shared;
    this.clock = clock;
  }

  /** The finding of another look, or that of this one. */
  T get(String name, Instant deadline, Supplier<T> look) {
    CompletableFuture<T> own = new CompletableFuture<>();
    CompletableFuture<T> other = byName.putIfAbsent(name, own);
    return other == null ? first(name, own, look) : shared(other, deadline, look);
  }

  private T first(String name, CompletableFuture<T> own, Supplier<T> look) {
    try {
      T found = look.get();
      own.complete(found);
      return found;
    } finally {
      if (!own.isDone() || !shared.test(own.join())) {
        byName.remove(name, own);
        own.cancel(false);
      }
    }
  }

  private T shared(CompletableFuture<T> other, Instant deadline, Supplier<T> look) {
    try {
      Duration left = Duration.between(clock.instant(), deadline);
      T found = other.get(left.toMillis(), TimeUnit.MILLISECONDS);
      return shared.test(found) ? found : look.get();
    } catch (ExecutionException | CancellationException | TimeoutException without) {
      return look.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return look.get();
    }
  }
}
