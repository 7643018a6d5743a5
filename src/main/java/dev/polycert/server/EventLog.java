package dev.polycert.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last events of this process, in the form that a stream of server-sent events has. All
 * listeners read from here, so a slow one takes no memory of its own.
 */
final class EventLog {
  private static final Pattern ID = Pattern.compile("(?<epoch>[0-9a-f]+)-(?<number>[0-9]{1,18})");

  private final String epoch;
  private final String[] events;

  /** The number of the last event; the first has 1. */
  private long last;

  /**
   * @param epoch distinguishes the numbers of this process from those of others; hexadecimal digits
   * @param capacity how many events are kept
   */
  EventLog(String epoch, int capacity) {
    this.epoch = epoch;
    this.events = new String[capacity];
  }

  /** Adds an event; {@code data} has no line break. */
  synchronized void add(String type, String data) {
    last++;
    events[(int) (last % events.length)] = frame(type, last, data);
  }

  /** The number of the last event. */
  synchronized long last() {
    return last;
  }

  /** An event for one listener alone, which then goes on from that number. */
  String frame(String type, long number, String data) {
    return "id: %s-%d\nevent: %s\ndata: %s\n\n".formatted(epoch, number, type, data);
  }

  /**
   * The number in the id of an event; null when the id is that of another process or of no event,
   * or when events after it are gone.
   *
   * @param id as the listener remembers it
   */
  synchronized @Nullable Long number(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches() || !matcher.group("epoch").equals(epoch)) {
      return null;
    }
    long number = Long.parseLong(matcher.group("number"));
    return number <= last && last - number <= events.length ? (Long) number : null;
  }

  /** At most that many events after that number; null when some of them are gone. */
  synchronized @Nullable List<String> after(long number, int most) {
    if (last - number > events.length) {
      return null;
    }
    List<String> found = new ArrayList<>();
    for (long i = number + 1; i <= last && found.size() < most; i++) {
      found.add(events[(int) (i % events.length)]);
    }
    return found;
  }
}
