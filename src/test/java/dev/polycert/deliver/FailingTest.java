package dev.polycert.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FailingTest {
  private final Failing failing = new Failing();

  private static Failure gone() {
    return new Failure.Refused(new VendorError(ErrorClass.FINAL, "X.1", "is not there"));
  }

  @Test
  void nothingFails() {
    assertThat(failing.asOne(error -> error.code().equals("FOR.GOOD"))).isEmpty();
  }

  @Test
  void whatFailsAlikeIsNamedTogether() {
    failing.add(List.of("a"), gone());
    failing.add(
        List.of("b"), new Failure.Refused(new VendorError(ErrorClass.QUOTA, "X.2", "full")));
    failing.add(List.of("c", "d"), gone());

    assertThat(failing.asOne(error -> error.code().equals("FOR.GOOD")))
        .contains(
            new Failure.Refused(
                new VendorError(ErrorClass.FINAL, "X.1", "a, c, d: is not there; b: X.2 full")));
  }

  @Test
  void whatIsUnclearStaysSoWhateverElseFails() {
    failing.add(List.of("a"), gone());
    failing.add(List.of("b"), new Failure.Unclear(new VendorError(ErrorClass.RETRY, "T", "lost")));

    assertThat(failing.asOne(error -> error.code().equals("FOR.GOOD")))
        .contains(
            new Failure.Unclear(
                new VendorError(ErrorClass.RETRY, "T", "b: lost; a: X.1 is not there")));
  }

  @Test
  void whatWasOnlyPutOffKeepsItsTime() {
    Failure later = new Failure.Deferred(Instant.EPOCH, "no time");
    failing.add(List.of("a", "b"), later);

    assertThat(failing.asOne(error -> error.code().equals("FOR.GOOD"))).contains(later);
  }

  @Test
  void whatMayPassComesBeforeWhatIsForGood() {
    failing.add(
        List.of("a"), new Failure.Refused(new VendorError(ErrorClass.FINAL, "FOR.GOOD", "never")));
    failing.add(List.of("b"), gone());

    assertThat(failing.asOne(error -> error.code().equals("FOR.GOOD")))
        .contains(
            new Failure.Refused(
                new VendorError(ErrorClass.FINAL, "X.1", "b: is not there; a: FOR.GOOD never")));
  }

  @Test
  void oneThatIsRefusedIsFoundByHalvesAndTheOthersGetIt() {
    List<List<Integer>> calls = new ArrayList<>();

    bring(calls, failure -> true);

    assertThat(calls)
        .containsExactly(
            List.of(1, 2, 3, 4, 5), List.of(1, 2), List.of(3, 4, 5), List.of(3), List.of(4, 5));
    assertThat(failing.asOne(error -> false).orElseThrow().error().message())
        .isEqualTo("no. 3: is not there");
  }

  @Test
  void aRefusalThatIsOfNoPlaceIsNotSoughtAmongThem() {
    List<List<Integer>> calls = new ArrayList<>();

    bring(calls, failure -> false);

    assertThat(calls).containsExactly(List.of(1, 2, 3, 4, 5));
    assertThat(failing.asOne(error -> false).orElseThrow().error().message())
        .isEqualTo("no. 1, no. 2, no. 3, no. 4, no. 5: is not there");
  }

  private void bring(List<List<Integer>> calls, Predicate<Failure> ofAPlace) {
    failing
        .bring(
            List.of(1, 2, 3, 4, 5),
            place -> "no. " + place,
            places -> {
              calls.add(places);
              Answer<String> answer =
                  places.contains(3) ? new Answer.Failed<>(gone()) : Answer.of("done");
              return answer.now();
            },
            ofAPlace)
        .await()
        .indefinitely();
  }
}
