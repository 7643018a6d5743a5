package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.testing.FollowingResolver;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import dev.polycert.vault.TestVault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Validations of a zone that Polycert cannot write, delegated into one that it writes by dynamic
 * update: both at a real name server (Knot), which a real CA (Pebble) asks.
 */
@RequiresPrograms({"pebble", "knotd"})
@QuarkusTest
@TestProfile(DelegationsTest.Delegated.class)
class DelegationsTest {
  private static final String FOREIGN = "example.com";
  private static final String OURS = "acme.example.net";

  @Test
  void oneCnameIsNamedLookedAtAndUsedForANameAndItsWildcard() {
    List<String> names = List.of("www.example.com", "*.www.example.com");
    JsonTree before = delegations(names);
    String target = before.text("delegations[0].value");

    assertThat(before.list("delegations")).hasSize(1);
    assertThat(before.text("delegationZone")).isEqualTo(OURS);
    assertThat(before.text("writer")).isEqualTo("rfc2136");
    assertThat(before.text("delegations[0].name")).isEqualTo("_acme-challenge.www.example.com");
    assertThat(target).matches("[0-9a-f]{32}\\.acme\\.example\\.net");
    assertThat(before.text("delegations[0].state")).isEqualTo("MISSING");
    assertThat(before.text("delegations[0].missing")).contains(target);
    assertThat(before.list("delegations[0].serves.domain")).isEqualTo(names);

    assertThat(apply(names, true).text("entries[0].notes"))
        .contains("Polycert cannot publish", "CNAME _acme-challenge.www.example.com -> " + target);

    knot().add(FOREIGN, "_acme-challenge.www.example.com", "CNAME", target + ".");
    JsonTree after = delegations(names);
    assertThat(after.text("delegations[0].state")).isEqualTo("STANDS");
    assertThat(after.text("delegations[0].seen[0].server")).contains("127.0.0.1");
    assertThat(after.text("delegations[0].missing")).isNull();

    JsonTree applied = apply(names, false);
    assertThat(applied.list("entries.notes").toString()).doesNotContain("Polycert cannot publish");
    Api.sweepUntil(
        Duration.ofMinutes(1),
        () -> {
          assertThat(Api.orders())
              .filteredOn(order -> names.contains(order.get("domain")))
              .hasSize(2)
              .allSatisfy(order -> assertThat(order).containsEntry("state", "ISSUED"));
        });
    assertThat(knot().records(target, "TXT")).as("removed again").isEmpty();
    assertThat(Api.orders().toString()).contains(target);
  }

  @Test
  void whatIsWrongIsSaid() {
    knot().add(FOREIGN, "_acme-challenge.elsewhere.example.com", "CNAME", "old.example.org.");
    knot().add(FOREIGN, "_acme-challenge.shadowed.example.com", "TXT", "left-behind");
    knot().add(FOREIGN, "_acme-challenge.loop.example.com", "CNAME", "back.loop.example.com.");
    knot().add(FOREIGN, "back.loop.example.com", "CNAME", "_acme-challenge.loop.example.com.");
    knot().add(FOREIGN, "*.wild.example.com", "CNAME", "cdn.example.org.");
    knot().add(FOREIGN, "*.text.example.com", "TXT", "v=spf1 -all");
    knot().add(FOREIGN, "_acme-challenge.other.example.com", "CNAME", "mine." + OURS + ".");

    JsonTree found =
        delegations(
            List.of(
                "elsewhere.example.com",
                "shadowed.example.com",
                "loop.example.com",
                "wild.example.com",
                "text.example.com",
                "other.example.com",
                "host." + OURS,
                "missing.example.com"));

    assertThat(found.list("delegations.state"))
        .containsExactly(
            "ELSEWHERE",
            "SHADOWED",
            "LOOP",
            "WILDCARD",
            "WILDCARD",
            "STANDS",
            "NOT_NEEDED",
            "MISSING");
    List<String> advice = found.list("delegations.missing");
    assertThat(advice.get(0)).contains("it points to old.example.org", "EdgeOne");
    assertThat(advice.get(1)).startsWith("remove the TXT records at _acme-challenge.shadowed");
    assertThat(advice.get(2)).contains("circle").contains("set CNAME _acme-challenge.loop");
    assertThat(advice.get(3)).contains("the CNAME record of *.wild.example.com");
    assertThat(advice.get(4)).contains("the TXT record of *.text.example.com");
    assertThat(found.text("delegations[5].leadsTo")).isEqualTo("mine." + OURS);
    assertThat(found.list("delegations.value").stream().distinct()).hasSize(8);
  }

  @Test
  void aRequestSaysAtOnceWhereCnamesInAZoneOfOursLeadAway() {
    knot().add(OURS, "_acme-challenge.away." + OURS, "CNAME", "t.example.com.");
    knot().add(OURS, "_acme-challenge.ring." + OURS, "CNAME", "back." + OURS + ".");
    knot().add(OURS, "back." + OURS, "CNAME", "_acme-challenge.ring." + OURS + ".");

    assertThat(notes("away." + OURS, true))
        .singleElement()
        .asString()
        .startsWith("DNS_AUTO: Polycert cannot publish the validation of _acme-challenge.away")
        .contains("-> t.example.com lead into a foreign zone");
    assertThat(notes("ring." + OURS, true)).singleElement().asString().contains("in a circle");
    assertThat(notes("plain." + OURS, true)).isNullOrEmpty();
    assertThat(notes("away." + OURS, false)).singleElement().asString().contains("foreign zone");
  }

  @Test
  void nothingIsWrittenBelowAZoneCutNorCheckedAtTheCa() {
    String cut = "sub." + OURS + " is delegated to ns1.elsewhere.example";
    String name = "a.sub." + OURS;
    knot().add(OURS, "sub." + OURS, "NS", "ns1.elsewhere.example.");

    JsonTree found = delegations(List.of(name));
    assertThat(found.text("delegations[0].state")).isEqualTo("MISSING");
    assertThat(found.text("delegations[0].missing")).contains(cut);
    assertThat(notes(name, true)).singleElement().asString().contains(cut);

    JsonTree applied = apply(List.of(name), false);
    assertThat(applied.text("entries[0].notes")).contains(cut);
    String id = applied.text("entries[0].orderId");
    Api.sweepUntil(
        Duration.ofMinutes(1),
        () -> {
          assertThat(order(id).text("error.message")).contains(cut);
        });
    assertThat(order(id).text("state")).isEqualTo("PENDING_VALIDATION");
    knot().remove(OURS, "sub." + OURS, "NS", "ns1.elsewhere.example.");
    assertThat(knot().records("_acme-challenge." + name, "TXT")).isEmpty();
  }

  private static List<String> notes(String name, boolean dryRun) {
    return apply(List.of(name), dryRun).list("entries[0].notes");
  }

  private static JsonTree order(String id) {
    return Api.polycert().get("/orders/" + id).json();
  }

  private static KnotServer knot() {
    return Servers.knot;
  }

  private static JsonTree delegations(List<String> names) {
    return Api.post("/delegations", Map.of("domains", names, "providers", List.of("acme")));
  }

  private static JsonTree apply(List<String> names, boolean dryRun) {
    return Api.post(
        "/apply",
        Map.of(
            "domains",
            names,
            "providers",
            List.of("acme"),
            "validation",
            "DNS_AUTO",
            "dryRun",
            dryRun));
  }

  /** With the servers of this test. */
  public static class Delegated implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The CA and the name server, which is the authority for both zones. */
  public static class Servers extends RunningServers {
    static KnotServer knot;

    @Override
    public Map<String, String> start() {
      knot = add(KnotServer.start(FOREIGN, OURS));
      // Knot follows no CNAME from one of its zones into another.
      FollowingResolver resolver = add(new FollowingResolver(knot.port(), Map.of()));
      Pebble pebble = add(Pebble.start(resolver.address(), Duration.ofDays(90)));
      Map<String, String> settings = new HashMap<>(pebble.settings());
      settings.putAll(knot.settings(OURS));
      settings.put("polycert.dns.servers", resolver.address());
      settings.put("polycert.dns.delegation-zone", OURS);
      // A busy machine answers late.
      settings.put("polycert.order.look", "20s");
      settings.put("polycert.vault.key", TestVault.KEY);
      return settings;
    }
  }
}
