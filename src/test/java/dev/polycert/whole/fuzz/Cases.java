package dev.polycert.whole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.polycert.whole.bench.Targets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts the cases of a fuzz test, and holds each of them to memory in proportion to its input: no
 * number, nesting or length in a few bytes may cost more than these bytes do.
 */
public final class Cases {
  /** What a case may allocate whatever its input, for the machinery around the reader. */
  private static final long MACHINERY = 32L << 20;

  /** What it may allocate for each byte of its input. */
  private static final long EACH_BYTE = 400;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String test;
  private final long least;
  private long count;
  private long most;

  /**
   * @param least how many cases a long run must have
   */
  public Cases(Class<?> test, long least) {
    this.test = test.getSimpleName();
    this.least = least;
  }

  /** Runs one case, whose input is no larger than that in bytes. */
  public <T> T of(long input, Supplier<T> run) {
    return of(() -> input, run);
  }

  /**
   * Runs one case.
   *
   * @param input how large its input was, in bytes, once it has run
   */
  public <T> T of(LongSupplier input, Supplier<T> run) {
    count++;
    long before = THREADS.getTotalThreadAllocatedBytes();
    try {
      return run.get();
    } finally {
      bounded(THREADS.getTotalThreadAllocatedBytes() - before, input.getAsLong());
    }
  }

  private void bounded(long allocated, long input) {
    most = Math.max(most, allocated);
    assertThat(allocated)
        .as("bytes allocated for an input of %d", input)
        .isLessThan(MACHINERY + EACH_BYTE * input);
  }

  /** Tells how many there were, and fails when a long run had too few. */
  public void tell() throws IOException {
    Targets.add(test, "cases", count, "");
    Targets.add(test, "most that one of them allocated", most >> 10, "KiB");
    if (Boolean.getBoolean("chaos.soak")) {
      assertThat(count).as("cases of %s in a long run", test).isGreaterThanOrEqualTo(least);
    }
  }
}
