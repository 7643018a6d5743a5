package dev.polycert.rate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting callers: the more urgent ones first, equally urgent ones in the order of their
 * arrival.
 */
final class WaitingList<W> implements Iterable<W> {
  private final Function<W, Urgency> urgency;
  private final List<W> inTurn = new ArrayList<>();

  WaitingList(Function<W, Urgency> urgency) {
    this.urgency = urgency;
  }

  void add(W newcomer) {
    inTurn.add(place(newcomer), newcomer);
  }

  /** How many are served before a newcomer. */
  int place(W newcomer) {
    return countTo(urgency.apply(newcomer));
  }

  /** How many are at least so urgent. */
  int countTo(Urgency least) {
    return (int) inTurn.stream().filter(each -> urgency.apply(each).compareTo(least) <= 0).count();
  }

  @Nullable W first() {
    return inTurn.isEmpty() ? null : inTurn.getFirst();
  }

  W get(int place) {
    return inTurn.get(place);
  }

  W removeFirst() {
    return inTurn.removeFirst();
  }

  W removeLast() {
    return inTurn.removeLast();
  }

  void removeIf(Predicate<W> unwanted) {
    inTurn.removeIf(unwanted);
  }

  int size() {
    return inTurn.size();
  }

  boolean isEmpty() {
    return inTurn.isEmpty();
  }

  @Override
  public Iterator<W> iterator() {
    return inTurn.iterator();
  }
}
