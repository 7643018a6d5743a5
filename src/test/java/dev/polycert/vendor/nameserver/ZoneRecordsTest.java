package dev.polycert.vendor.nameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsRecord;
import dev.polycert.vault.TestVault;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ZoneRecordsTest {
  private final ZoneRecords records = new ZoneRecords(new TestVault.Memory());

  /** Characters that sort before the dot, and names that only begin or end alike. */
  @Test
  void whatIsBelowANameIsWhatEndsWithIt() {
    List<String> names =
        List.of(
            "b.example.net",
            "a.b-.example.net",
            "a.b-c.example.net",
            "x.a.bc.example.net",
            "a.xb.example.net",
            "a.!b.example.net",
            "deep.er.c.example.net",
            "example.net.other");
    for (String name : names) {
      records.add(new DnsRecord(name, "TXT", "one")).await().indefinitely();
    }

    Set<String> asked = new TreeSet<>(List.of("b.net", "none.example.net"));
    for (String name : names) {
      String left = name;
      while (left.contains(".")) {
        asked.add(left);
        left = left.substring(left.indexOf('.') + 1);
      }
      asked.add(left);
    }
    assertThat(asked)
        .allSatisfy(
            name ->
                assertThat(records.anyBelow(name))
                    .isEqualTo(names.stream().anyMatch(other -> other.endsWith("." + name))));
  }
}
