package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of many lifetimes through 400 days of sweeps, one call in twenty failing. */
class FleetTest {
  private static final Duration TIME = Duration.ofDays(400);

  /** Of ten: few are short, because each of those is renewed 130 times. */
  private static final List<Integer> DAYS = List.of(6, 45, 45, 45, 64, 64, 64, 90, 90, 90);

  private static final int SIZE = Integer.getInteger("model.certificates", 200);

  /** Schedules sweep every minute; here as often as shows the same. */
  private static final Duration SWEEP = Duration.ofMinutes(SIZE < 1000 ? 20 : 1);

  @TempDir Path directory;

  @Test
  void noneExpiresAndNoneIsRenewedTwice() {
    Desk[] own = new Desk[1];
    FleetVendor vendor = new FleetVendor(() -> own[0].now());
    try (Desk desk = new Desk(directory, vendor)) {
      own[0] = desk;
      List<String> domains =
          IntStream.range(0, SIZE)
              .mapToObj(i -> "d" + DAYS.get(i % DAYS.size()) + "-" + i + ".example.com")
              .toList();
      for (String domain : domains) {
        desk.apply(domain);
      }
      Instant end = desk.now().plus(TIME);
      int overdue = 0;
      while (desk.now().isBefore(end)) {
        desk.advance(SWEEP);
        overdue +=
            (int)
                desk.renew().stream()
                    .filter(order -> order.state().open())
                    .filter(order -> !desk.now().isBefore(order.deadline()))
                    .count();
      }

      assertThat(overdue).as("orders past their deadline after a sweep").isZero();
      assertThat(vendor.twice).isEmpty();
      Map<String, List<FleetVendor.Issued>> chains =
          vendor.issued.values().stream()
              .collect(Collectors.groupingBy(FleetVendor.Issued::domain));
      assertThat(chains.keySet()).containsExactlyInAnyOrderElementsOf(domains);
      chains.values().forEach(chain -> isCovered(chain, end));
      DAYS.stream().distinct().forEach(days -> firstWaveIsSpread(days, chains));
    }
  }

  /** The certificates of a domain follow one another in time, and not more of them than needed. */
  private static void isCovered(List<FleetVendor.Issued> chain, Instant end) {
    List<FleetVendor.Issued> inOrder = new ArrayList<>(chain);
    inOrder.sort(Comparator.comparing(FleetVendor.Issued::from));
    Duration lifetime = FleetVendor.lifetime(chain.getFirst().domain());
    for (int i = 1; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i).from())
          .as("renewed before the end, and not before its time")
          .isBetween(
              inOrder.get(i - 1).from().plus(lifetime.multipliedBy(2).dividedBy(5)),
              inOrder.get(i - 1).until());
    }
    assertThat(inOrder.getLast().until()).isAfter(end);
  }

  /**
   * All were issued at once; their renewals are not. Where so few are renewed that chance alone
   * makes a minute busy, longer spans are counted: those in which twelve are expected.
   */
  private static void firstWaveIsSpread(int days, Map<String, List<FleetVendor.Issued>> chains) {
    List<Instant> second =
        chains.values().stream()
            .filter(chain -> chain.getFirst().domain().startsWith("d" + days + "-"))
            .map(chain -> chain.stream().map(FleetVendor.Issued::from).sorted().toList().get(1))
            .sorted()
            .toList();
    long window = Duration.between(second.getFirst(), second.getLast()).toMillis();
    int spans = Math.max(1, second.size() / 12);
    Map<Long, Long> bySpan =
        second.stream()
            .collect(
                Collectors.groupingBy(
                    at ->
                        Math.min(
                            spans - 1,
                            Duration.between(second.getFirst(), at).toMillis() * spans / window),
                    Collectors.counting()));
    double mean = (double) second.size() / spans;
    assertThat((double) bySpan.values().stream().max(Long::compare).orElseThrow())
        .as("the busiest span of the renewals of %d days", days)
        .isLessThanOrEqualTo(3 * mean);
  }
}
