package dev.polycert.function.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("domains", "providers", "dryRun", "strategy");

  @ParameterizedTest
  @CsvSource({"domain, domains", "Domains, domains", "provider, providers", "dryrun, dryRun"})
  void namesTheNearest(String given, String meant) {
    assertThat(Nearest.hint(given, KNOWN)).isEqualTo("did you mean \"" + meant + "\"?");
  }

  @Test
  void listsAllWhenNoneIsNear() {
    assertThat(Nearest.hint("x", KNOWN)).isEqualTo("known: domains, dryRun, providers, strategy");
    assertThat(Nearest.hint("y".repeat(1_000_000), KNOWN)).startsWith("known: ");
  }

  @Property(tries = 200)
  void distanceIsAMetric(
      @ForAll @AlphaChars @StringLength(max = 6) String a,
      @ForAll @AlphaChars @StringLength(max = 6) String b,
      @ForAll @AlphaChars @StringLength(max = 6) String c) {
    assertThat(Nearest.distance(a, b)).isEqualTo(Nearest.distance(b, a));
    assertThat(Nearest.distance(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(Nearest.distance(a, c))
        .isLessThanOrEqualTo(Nearest.distance(a, b) + Nearest.distance(b, c));
  }

  @Test
  void distanceOfTheTextbook() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
