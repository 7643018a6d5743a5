package dev.polycert.order.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.rate.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final int CAPACITY = 3;

  private final List<String> begun = new ArrayList<>();
  private int waitingForTokens;
  private final Lane lane = new Lane(CAPACITY, urgency -> waitingForTokens);

  private void enter(Urgency urgency, String source, String name) {
    lane.enter(new Lane.Work(urgency, source, () -> begun.add(name)));
  }

  private void fill() {
    for (int i = 0; i < CAPACITY; i++) {
      enter(Urgency.BULK, "first", "under way");
    }
    begun.clear();
  }

  @Test
  void noMoreIsUnderWayThanTheProviderTakesAtOnce() {
    for (String name : List.of("a", "b", "c", "d")) {
      enter(Urgency.BULK, "request", name);
    }
    assertThat(begun).containsExactly("a", "b", "c");

    lane.ended(Urgency.BULK);
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whatSomebodyWaitsForDoesNotWaitForABulk() {
    fill();

    enter(Urgency.BULK, "second", "bulk");
    enter(Urgency.SMALL, "third", "small");
    assertThat(begun).containsExactly("small");

    enter(Urgency.EXPIRING, "sweep", "expiring");
    assertThat(begun).containsExactly("small", "expiring");
  }

  @Test
  void requestsTakeTurns() {
    fill();
    for (int i = 0; i < 3; i++) {
      enter(Urgency.BULK, "first", "first");
    }
    enter(Urgency.BULK, "second", "second");

    lane.ended(Urgency.BULK);
    lane.ended(Urgency.BULK);
    assertThat(begun).containsExactly("first", "second");
  }

  @Test
  void pollsWaitWhileThereIsMoreToDoButNotForEver() {
    fill();
    enter(Urgency.POLL, "sweep", "poll");
    for (int i = 0; i < 100; i++) {
      enter(Urgency.BULK, "request", "write");
    }

    IntStream.range(0, 10).forEach(i -> lane.ended(Urgency.BULK));
    assertThat(begun).doesNotContain("poll");
    IntStream.range(0, 20).forEach(i -> lane.ended(Urgency.BULK));
    assertThat(begun).containsOnlyOnce("poll");
  }

  @Test
  void noBulkBeginsWhileManyCallsWaitForTokens() {
    enter(Urgency.BULK, "request", "the only one");
    waitingForTokens = 20;
    enter(Urgency.BULK, "request", "bulk");
    enter(Urgency.SMALL, "other", "small");
    assertThat(begun).containsExactly("the only one", "small");

    waitingForTokens = 19;
    lane.ended(Urgency.SMALL);
    assertThat(begun).containsExactly("the only one", "small", "bulk");
  }

  @Test
  void workWhoseTimeIsOverBeginsToBeGivenUp() {
    fill();
    enter(Urgency.BULK, "late", "late");
    enter(Urgency.BULK, "other", "other");

    lane.release("late");
    assertThat(begun).containsExactly("late");
    assertThat(lane.waiting("late")).isZero();
    assertThat(lane.waiting("other")).isEqualTo(1);
  }

  @Test
  void workThatEndsAtOnceIsDoneOneAfterTheOther() {
    int many = 100_000;
    fill();
    for (int i = 0; i < many; i++) {
      lane.enter(
          new Lane.Work(
              Urgency.BULK,
              "request",
              () -> {
                begun.add("");
                lane.ended(Urgency.BULK);
              }));
    }

    lane.ended(Urgency.BULK);
    assertThat(begun).hasSize(many);
  }
}
