package dev.polycert.vendor.nameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsRecord;
import dev.polycert.vault.TestVault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZoneRecordsTest {
  /** In base64 somewhat less than three kilobytes. */
  private static final String LONG = "x".repeat(2000);

  private final TestVault.Memory store = new TestVault.Memory();
  private final ZoneRecords records = new ZoneRecords(store);

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

  @Test
  void noValueIsLongerThanAnItemOfDynamoDbAndWhatHasNoRoomIsRefused() {
    Stream.of("one", "two").forEach(name -> add(name + ".example.net", "token"));
    int kept = 0;
    while (kept < 1000 && full("many.example.net", LONG + kept).isEmpty()) {
      kept++;
    }

    assertThat(kept).isBetween(100, 200);
    assertThat(full("many.example.net", LONG + kept)).get().asString().contains("390000");
    assertThat(store.values().values()).allMatch(part -> part.length <= 390_000);
    add("three.example.net", "token");
    ZoneRecords again = new ZoneRecords(store);
    again.load().await().indefinitely();
    assertThat(again.at("many.example.net")).hasSize(kept);
    assertThat(again.at("three.example.net")).hasSize(1);
  }

  @Test
  void partsWithoutRecordsAreNotKept() {
    add("one.example.net", "token");
    assertThat(store.values()).hasSize(1);

    records.remove(new DnsRecord("one.example.net", "TXT", "token")).await().indefinitely();

    assertThat(store.values()).isEmpty();
    assertThat(records.anyBelow("example.net")).isFalse();
  }

  @Test
  void whatWasKeptInOneIsThereAndIsKeptInParts() {
    String token = Base64.getEncoder().encodeToString("token".getBytes(StandardCharsets.UTF_8));
    String whole = "one.example.net TXT %1$s\ntwo.example.net TXT %1$s".formatted(token);
    byte[] kept = whole.getBytes(StandardCharsets.UTF_8);
    store.put("name-server/records", kept).await().indefinitely();

    records.load().await().indefinitely();
    records.remove(new DnsRecord("one.example.net", "TXT", "token")).await().indefinitely();

    assertThat(store.values()).doesNotContainKey("name-server/records");
    ZoneRecords again = new ZoneRecords(store);
    again.load().await().indefinitely();
    assertThat(again.at("one.example.net")).isEmpty();
    assertThat(again.holds(new DnsRecord("two.example.net", "TXT", "token"))).isTrue();
  }

  private void add(String name, String value) {
    records.add(new DnsRecord(name, "TXT", value)).await().indefinitely();
  }

  /** Why a record is not taken; empty where it is. */
  private Optional<String> full(String name, String value) {
    try {
      add(name, value);
      return Optional.empty();
    } catch (ZoneRecords.FullException full) {
      return Optional.ofNullable(full.getMessage());
    }
  }
}
