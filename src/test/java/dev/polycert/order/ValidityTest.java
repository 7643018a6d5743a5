package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When renewals are due. */
class ValidityTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"90, 60.0", "47, 31.33", "398, 265.33", "10, 6.67", "9, 4.5", "6, 3.0"})
  void theLatestTimeIsTwoThirdsOrHalfOfAShortLife(int days, double latest) {
    assertThat(daysUntilRenewal(days, 0, Renewal.ANY_TIME)).isEqualTo(latest, within(0.01));
  }

  @Test
  void theSpreadIsATwentiethOfTheLifeAndNeverLater() {
    assertThat(daysUntilRenewal(90, 0.999999, Renewal.ANY_TIME)).isEqualTo(55.5, within(0.01));
    assertThat(daysUntilRenewal(6, 0.999999, Renewal.ANY_TIME)).isEqualTo(2.7, within(0.01));
  }

  @Test
  void aVendorThatTakesRenewalsLateIsAskedWithinItsWindow() {
    Renewal last30Days = new Renewal(Duration.ofDays(30), false);

    assertThat(daysUntilRenewal(90, 0.999999, last30Days)).isEqualTo(60, within(0.01));
    assertThat(daysUntilRenewal(90, 0, last30Days)).isEqualTo(64.5, within(0.01));
    assertThat(daysUntilRenewal(47, 0, last30Days)).isEqualTo(31.33, within(0.01));
  }

  @Test
  void aThousandCertificatesOfOneMinuteSpreadOverDaysTheSameWayOnEveryRun() {
    List<Instant> times = renewalsOfAThousand();

    Map<Instant, Long> byMinute =
        times.stream()
            .collect(
                Collectors.groupingBy(
                    time -> time.truncatedTo(ChronoUnit.MINUTES), Collectors.counting()));
    assertThat(byMinute.values()).allMatch(count -> count <= 5);
    Map<Long, Long> byQuarter =
        times.stream()
            .collect(
                Collectors.groupingBy(
                    time ->
                        Duration.between(START.plus(Duration.ofHours(1332)), time).toHours() / 27,
                    Collectors.counting()));
    assertThat(byQuarter.keySet()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    assertThat(byQuarter.values()).allMatch(count -> count > 200 && count < 300);
    assertThat(renewalsOfAThousand()).isEqualTo(times);
  }

  @Test
  void looksAtAFailingRenewalSlowDownAndHurryNearTheEnd() {
    Validity validity = new Validity(START, START.plus(Duration.ofDays(90)), 0);
    Instant begun = START.plus(Duration.ofDays(60));

    assertThat(IntStream.rangeClosed(1, 7).mapToObj(looks -> hours(validity, looks, begun)))
        .containsExactly(3L, 6L, 12L, 24L, 48L, 48L, 48L);
    assertThat(hours(validity, 9, START.plus(Duration.ofDays(88)))).isEqualTo(6);
    assertThat(validity.nextLook(9, START.plus(Duration.ofHours(90 * 24 - 1))))
        .isEqualTo(validity.end());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 47, 90, 240, 398, 600})
  void howeverLongThePauseTheLastDaysAreNotPassedOver(int days) {
    Instant end = START.plus(Duration.ofDays(days));
    Set<Instant> last = new HashSet<>();
    for (int percent = 0; percent < 100; percent += 5) {
      Validity validity = new Validity(START, end, percent / 100.0);
      Instant look = validity.renewal(Renewal.ANY_TIME, null);
      int looks = 0;
      while (!validity.ending(look) && look.isBefore(end)) {
        looks++;
        look = validity.nextLook(looks, look);
      }
      assertThat(Duration.between(look, end))
          .as("what is left of the last tenth, or of three days, at place 0.%02d", percent)
          .isGreaterThan(Duration.ofDays(Math.min(days * 24 / 10, 72)).dividedBy(24 * 2));
      last.add(look);
    }
    assertThat(last).as("not all at once").hasSizeGreaterThan(15);
  }

  @Test
  void aShortLifeIsLookedAtMoreOften() {
    Validity validity = new Validity(START, START.plus(Duration.ofDays(6)), 0);

    assertThat(validity.nextLook(1, START.plus(Duration.ofDays(3))))
        .isEqualTo(START.plus(Duration.ofDays(3)).plus(Duration.ofMinutes(12)));
    assertThat(validity.ending(START.plus(Duration.ofDays(5)))).isFalse();
    assertThat(validity.nextLook(9, START.plus(Duration.ofHours(135))))
        .isEqualTo(START.plus(Duration.ofHours(135)).plus(Duration.ofMinutes(24)));
  }

  @Test
  void aLifeThatIsOverBeforeItBegan() {
    Validity validity = new Validity(START, START.minusSeconds(1), 0.5);

    assertThat(validity.renewal(Renewal.ANY_TIME, null)).isEqualTo(START);
    assertThat(validity.nextLook(1, START.minusSeconds(100))).isEqualTo(START.minusSeconds(40));
  }

  private static List<Instant> renewalsOfAThousand() {
    return IntStream.range(0, 1000)
        .mapToObj(i -> DomainName.parse("host" + i + ".example.com"))
        .map(domain -> OrderId.of("vendor", "default", domain, 1).place())
        .map(place -> new Validity(START, START.plus(Duration.ofDays(90)), place))
        .map(validity -> validity.renewal(Renewal.ANY_TIME, null))
        .toList();
  }

  private static long hours(Validity validity, int looks, Instant now) {
    return Duration.between(now, validity.nextLook(looks, now)).toHours();
  }

  private static double daysUntilRenewal(int days, double place, Renewal vendor) {
    Validity validity = new Validity(START, START.plus(Duration.ofDays(days)), place);
    return Duration.between(START, validity.renewal(vendor, null)).toMinutes() / 1440.0;
  }
}
