package dev.polycert.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls a plan's faults hit. */
class FaultPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration MOMENT = Duration.ofNanos(1);
  private static final String EVER = "'times':1000000";

  private final Faults faults = new Faults(new Random(7));
  private final List<Fault> planned = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameSeedHitsTheSameCallsInWhateverOrder(long order) {
    plan("{'kind':'HTML','rate':0.3,'seed':42,%s}");
    plan("{'kind':'SLOW','rate':0.3,'seed':42,%s}");
    List<String> subjects = new ArrayList<>(subjects(500));
    subjects.addAll(subjects(500));
    Set<String> hits = hits(subjects);

    Collections.shuffle(subjects, new Random(order));

    assertThat(hits(subjects)).isEqualTo(hits).hasSizeBetween(400, 600);
  }

  @Test
  void anotherSeedHitsOtherCalls() {
    plan("{'kind':'HTML','rate':0.3,'seed':1,%s}");
    Set<String> hits = hits(subjects(500));
    planned.clear();
    plan("{'kind':'HTML','rate':0.3,'seed':2,%s}");

    assertThat(hits(subjects(500))).isNotEqualTo(hits);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.5, 0.99})
  void theShareOfCallsIsTheRate(double rate) {
    plan("{'kind':'HTML','rate':" + rate + ",'seed':42,%s}");

    assertThat(hits(subjects(20_000)).size() / 20_000.0).isEqualTo(rate, within(0.01));
  }

  @Test
  void aLaterFaultGetsItsShareOfWhatIsLeft() {
    plan("{'kind':'HTML','rate':0.5,'seed':42,%s}");
    plan("{'kind':'SLOW','rate':0.5,'seed':42,%s}");

    Map<String, Long> kinds =
        hits(subjects(20_000)).stream()
            .collect(
                Collectors.groupingBy(hit -> hit.replaceAll(".* ", ""), Collectors.counting()));

    assertThat(kinds.get("HTML") / 20_000.0).isEqualTo(0.5, within(0.02));
    assertThat(kinds.get("SLOW") / 20_000.0).isEqualTo(0.25, within(0.02));
  }

  @Test
  void aWindowBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    plan("{'kind':'HTML','after':'PT10S','lasting':'PT20S',%s}");
    Instant begin = NOW.plusSeconds(10);
    Instant end = begin.plusSeconds(20);

    assertThat(List.of(NOW, begin.minus(MOMENT), end, end.plusSeconds(3600)))
        .noneMatch(this::hitAt);
    assertThat(List.of(begin, begin.plusSeconds(7), end.minus(MOMENT))).allMatch(this::hitAt);
  }

  @Test
  void aWindowThatDoesNotSayWhenBeginsNow() {
    plan("{'kind':'HTML','lasting':'PT20S',%s}");

    assertThat(List.of(NOW, NOW.plusSeconds(20).minus(MOMENT))).allMatch(this::hitAt);
    assertThat(hitAt(NOW.plusSeconds(20))).isFalse();
  }

  @Test
  void aWindowThatDoesNotSayHowLongHasNoEnd() {
    plan("{'kind':'HTML','after':'PT10S',%s}");

    assertThat(hitAt(NOW.plusSeconds(10).minus(MOMENT))).isFalse();
    assertThat(List.of(NOW.plusSeconds(10), NOW.plus(Duration.ofDays(3650)))).allMatch(this::hitAt);
  }

  @Test
  void windowsMayFollowOneAnother() {
    plan("{'kind':'HTML','lasting':'PT10S',%s}");
    plan("{'kind':'SLOW','after':'PT10S','lasting':'PT10S',%s}");

    assertThat(hit("p", "Read", "a.com", NOW)).isEqualTo("HTML");
    assertThat(hit("p", "Read", "a.com", NOW.plusSeconds(10))).isEqualTo("SLOW");
    assertThat(hit("p", "Read", "a.com", NOW.plusSeconds(20))).isEmpty();
  }

  @Test
  void onlyTheOperationTheProviderAndTheSubjectsThatAreNamedAreHit() {
    plan("{'kind':'HTML','provider':'p','operation':'Read','match':'www\\\\.x\\\\d+\\\\.com',%s}");

    assertThat(hit("p", "Read", "list www.x7.com", NOW)).isEqualTo("HTML");
    assertThat(hit("p", "Write", "list www.x7.com", NOW)).isEmpty();
    assertThat(hit("q", "Read", "list www.x7.com", NOW)).isEmpty();
    assertThat(hit("p", "Read", "list www.y7.com", NOW)).isEmpty();
  }

  @Test
  void afterSoManyHitsItIsOver() {
    plan("{'kind':'HTML','times':2}");

    assertThat(List.of(hitAt(NOW), hitAt(NOW), hitAt(NOW))).containsExactly(true, true, false);
  }

  /**
   * @param json with apostrophes for quotes
   */
  private void plan(String json) {
    String body = json.formatted(EVER).replace('\'', '"');
    Fault fault = Fault.of(ControlBody.of(body.getBytes(UTF_8)), NOW);
    planned.add(fault);
    faults.add(fault);
  }

  private static List<String> subjects(int count) {
    return IntStream.range(0, count).mapToObj(i -> "list www.d" + i + ".com").toList();
  }

  /** Those that are hit in a run of their own: subject, the how manieth call about it, kind. */
  private Set<String> hits(List<String> subjects) {
    Map<String, Integer> numbers = new HashMap<>();
    Set<String> hits = new TreeSet<>();
    Faults run = new Faults(new Random());
    planned.forEach(run::add);
    for (String subject : subjects) {
      int number = numbers.merge(subject, 1, Integer::sum);
      run.take("p", "Read", subject, NOW)
          .ifPresent(fault -> hits.add(subject + " " + number + " " + fault.kind()));
    }
    return hits;
  }

  private boolean hitAt(Instant time) {
    return !hit("p", "Read", "www.a.com", time).isEmpty();
  }

  private String hit(String provider, String operation, String subject, Instant time) {
    return faults
        .take(provider, operation, subject, time)
        .map(fault -> fault.kind().name())
        .orElse("");
  }
}
