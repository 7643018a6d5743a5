package dev.polycert.provider.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Reads everything that is logged, at every level and with every stack trace, for the canaries. */
final class LeakWatch extends ExtHandler implements AutoCloseable {
  private final PatternFormatter format = new PatternFormatter("%c %p %s%e");
  private final List<String> leaks = new CopyOnWriteArrayList<>();

  LeakWatch() {
    setLevel(Level.ALL);
    LogContext.getLogContext().getLogger("").addHandler(this);
  }

  @Override
  protected void doPublish(ExtLogRecord entry) {
    String text = format.format(entry);
    if (Canaries.in(text)) {
      leaks.add(text);
    }
  }

  /** The log entries with a secret in them. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** Passes over what was seen so far. */
  void forget() {
    leaks.clear();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LogContext.getLogContext().getLogger("").removeHandler(this);
  }
}
