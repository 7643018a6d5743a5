package dev.polycert.whole.secrecy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/** Reads everything that is logged, at every level and with every stack trace, for secrets. */
public final class LeakWatch extends ExtHandler implements AutoCloseable {
  private final Logger root = LogContext.getLogContext().getLogger("");
  private final @Nullable Level before = root.getLevel();
  private final PatternFormatter format = new PatternFormatter("%c %p %s%e");
  private final Predicate<String> secret;
  private final Predicate<String> expected;
  private final List<String> leaks = new CopyOnWriteArrayList<>();
  private final AtomicInteger seen = new AtomicInteger();

  /** Looks for the canaries. */
  public LeakWatch() {
    this(Canaries::in, line -> true);
  }

  /**
   * @param secret what must not be logged
   * @param expected what must be logged, which proves that the watch works
   */
  public LeakWatch(Predicate<String> secret, Predicate<String> expected) {
    this.secret = secret;
    this.expected = expected;
    setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(this);
  }

  @Override
  protected void doPublish(ExtLogRecord entry) {
    String text = format.format(entry);
    if (expected.test(text)) {
      seen.incrementAndGet();
    }
    if (secret.test(text)) {
      leaks.add(text);
    }
  }

  /** The log entries with a secret in them. */
  public List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** How many of the expected entries were seen. */
  public int seen() {
    return seen.get();
  }

  /** Passes over what was seen so far. */
  public void forget() {
    leaks.clear();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
  }
}
