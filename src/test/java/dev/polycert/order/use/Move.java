package dev.polycert.order.use;

import dev.polycert.order.Cancellation;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Something that happens in the life of orders. */
sealed interface Move {
  /** Names whose first letter sets how a {@link RandomVendor} treats them. */
  List<String> DOMAINS =
      List.of(
          "i.example.com",
          "a.example.com",
          "t.example.com",
          "s.example.com",
          "s2.example.com",
          "p.example.com");

  /** The vendors, and how many applications for one domain. */
  record Apply(List<Integer> domains, boolean first, boolean dryRun) implements Move {}

  /** A request whose time is over when it has been recorded. */
  record ApplyLate(int domain) implements Move {}

  record Submit(int order) implements Move {}

  record Check(int order) implements Move {}

  record Sweep() implements Move {}

  record DnsChanged(int domain) implements Move {}

  record End(Cancellation.Kind closure, int order) implements Move {}

  record Pass(Duration time) implements Move {}

  /** The machine's clock is put back, as a time service does; the vendors' go on. */
  record Back(Duration time) implements Move {}

  /** The process is killed between two requests. */
  record Restart() implements Move {}

  /** The same at the same time twice, as when a message is delivered twice. */
  record Twice(Move move) implements Move {}

  /** With the vendors' weather meanwhile, by domain; fair when it is used up. */
  record Then(Move move, List<Weather> weather) {}

  static Arbitrary<List<Then>> lives() {
    return Combinators.combine(moves(), weather()).as(Then::new).list().ofMinSize(4).ofMaxSize(30);
  }

  private static Arbitrary<List<Weather>> weather() {
    Arbitrary<Weather> some =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.just(Weather.FAIR)),
            Tuple.of(8, Arbitraries.of(Weather.class)),
            Tuple.of(
                4,
                Arbitraries.of(
                    Weather.LOST,
                    Weather.TAKEN,
                    Weather.TAKEN_LATE,
                    Weather.KILLED_BEFORE,
                    Weather.KILLED_AFTER)));
    return some.list().ofMaxSize(5);
  }

  private static Arbitrary<Move> moves() {
    Arbitrary<Integer> order = Arbitraries.integers().between(0, 30);
    Arbitrary<Integer> domain = Arbitraries.integers().between(0, DOMAINS.size() - 1);
    Arbitrary<Move> one =
        Arbitraries.frequencyOf(
            Tuple.of(
                6,
                Combinators.combine(
                        domain.list().uniqueElements().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false, false, false))
                    .as(Apply::new)),
            Tuple.of(1, domain.map(ApplyLate::new)),
            Tuple.of(2, order.map(Submit::new)),
            Tuple.of(5, order.map(Check::new)),
            Tuple.of(8, Arbitraries.just(new Sweep())),
            Tuple.of(2, domain.map(DnsChanged::new)),
            Tuple.of(
                2,
                Combinators.combine(Arbitraries.of(Cancellation.Kind.class), order).as(End::new)));
    return Arbitraries.frequencyOf(
        Tuple.of(10, one),
        Tuple.of(2, one.map(Twice::new)),
        Tuple.of(5, times().map(Pass::new)),
        Tuple.of(2, steps().map(Back::new)),
        Tuple.of(1, Arbitraries.just(new Restart())));
  }

  private static Arbitrary<Duration> times() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 200).map(Duration::ofSeconds),
        Arbitraries.integers().between(1, 72).map(Duration::ofHours),
        Arbitraries.integers().between(1, 100).map(Duration::ofDays));
  }

  private static Arbitrary<Duration> steps() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 90).map(Duration::ofMinutes),
        Arbitraries.integers().between(1, 12).map(Duration::ofHours));
  }
}
