package dev.polycert.order.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Order;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.whole.bench.Targets;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of many lifetimes through 400 days of sweeps, one call in twenty failing. */
class FleetTest {
  private static final Duration TIME = Duration.ofDays(400);

  /** Of ten: few are short, because each of those is renewed 130 times. */
  private static final List<Integer> DAYS = List.of(6, 45, 45, 45, 64, 64, 64, 90, 90, 90);

  private static final int SIZE = Integer.getInteger("model.certificates", 200);

  private static final boolean FEW = SIZE < 1000;

  /** Schedules sweep every minute; here as often as shows the same. */
  private static final Duration SWEEP = Duration.ofMinutes(FEW ? 60 : 1);

  private static final Duration LOOK = Duration.ofDays(FEW ? 10 : 1);

  private static final double MOST_IN_A_SPAN = 3;

  @RegisterExtension final Targets targets = new Targets();

  @TempDir Path directory;

  /** Two million records of many take longer in a file than all that is to be shown of them. */
  private Desk desk(FleetVendor vendor) {
    return FEW ? new Desk(directory, vendor) : new Desk(new MemoryOrderBook(), vendor);
  }

  @Test
  void noneExpiresAndNoneIsRenewedTwice() {
    Desk[] own = new Desk[1];
    FleetVendor vendor = new FleetVendor(() -> own[0].now());
    try (Desk desk = desk(vendor)) {
      own[0] = desk;
      List<String> domains =
          IntStream.range(0, SIZE)
              .mapToObj(i -> "d" + DAYS.get(i % DAYS.size()) + "-" + i + ".example.com")
              .toList();
      for (String domain : domains) {
        desk.apply(domain);
      }
      Instant end = desk.now().plus(TIME);
      long overdue = 0;
      Instant next = desk.now().plus(LOOK);
      while (desk.now().isBefore(end)) {
        desk.advance(SWEEP);
        overdue += overdue(desk.renew(), desk.now());
        if (!desk.now().isBefore(next)) {
          // Also those that the sweeps may have left out.
          overdue += overdue(desk.everything(), desk.now());
          next = next.plus(LOOK);
          // What is not looked at here would only fill the memory.
          desk.metrics.take();
          desk.notices.clear();
        }
      }

      assertThat(overdue).as("orders past their deadline after a sweep").isZero();
      assertThat(vendor.twice).isEmpty();
      Map<String, List<FleetVendor.Issued>> chains =
          vendor.issued.values().stream()
              .collect(Collectors.groupingBy(FleetVendor.Issued::domain));
      assertThat(chains.keySet()).containsExactlyInAnyOrderElementsOf(domains);
      chains.values().forEach(chain -> isCovered(chain, end));
      targets.tell("domains, kept certified for 400 days", SIZE, "");
      targets.tell("issued, with their renewals", vendor.issued.size(), "");
      for (int days : DAYS.stream().distinct().toList()) {
        targets.atMost(
            "of %d days: renewals in the busiest span / mean".formatted(days),
            busiest(days, chains),
            MOST_IN_A_SPAN,
            "");
      }
    }
  }

  /** How many are open past their deadline, or valid for longer than they are. */
  private static long overdue(List<Order> orders, Instant now) {
    return orders.stream()
        .filter(order -> order.state().open() || order.deadline() != null)
        .filter(order -> !order.state().ended() && !now.isBefore(order.deadline()))
        .count();
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

  /** All were issued at once; how much their renewals still crowd, in the worst generation. */
  private static double busiest(int days, Map<String, List<FleetVendor.Issued>> chains) {
    List<List<Instant>> starts =
        chains.values().stream()
            .filter(chain -> chain.getFirst().domain().startsWith("d" + days + "-"))
            .map(chain -> chain.stream().map(FleetVendor.Issued::from).sorted().toList())
            .toList();
    int generations = starts.stream().mapToInt(List::size).max().orElseThrow();
    assertThat(generations).isGreaterThan(1);
    double busiest = 0;
    for (int generation = 1; generation < generations; generation++) {
      int number = generation;
      List<Instant> wave =
          starts.stream()
              .filter(chain -> chain.size() > number)
              .map(chain -> chain.get(number))
              .sorted()
              .toList();
      Duration window = Duration.ofDays(days).dividedBy(20);
      busiest = Math.max(busiest, busiest(wave, starts.size(), window));
      if (number == 1) {
        Duration seen = Duration.between(wave.getFirst(), wave.getLast());
        busiest = Math.max(busiest, busiest(wave, wave.size(), seen));
      }
    }
    return busiest;
  }

  /**
   * How many times as many come in the busiest span as if they came evenly. Where so few are
   * renewed that chance alone makes a minute busy, longer spans are counted: those in which twelve
   * are expected.
   *
   * @param all of those whose renewals they are, some of which may be after the end of the test
   * @param window the time in which all of them would come
   */
  private static double busiest(List<Instant> wave, int all, Duration window) {
    int spans = Math.max(1, all / 12);
    Map<Long, Long> bySpan =
        wave.stream()
            .collect(
                Collectors.groupingBy(
                    at ->
                        Duration.between(wave.getFirst(), at).toMillis()
                            * spans
                            / (window.toMillis() + 1),
                    Collectors.counting()));
    double mean = (double) all / spans;
    return bySpan.values().stream().max(Long::compare).orElseThrow() / mean;
  }
}
