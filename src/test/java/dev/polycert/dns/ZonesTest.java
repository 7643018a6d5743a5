package dev.polycert.dns;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.Account;
import dev.polycert.call.Accounts;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Aliases;
import dev.polycert.domain.NameServers;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
  private static final Instant DEADLINE = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, String> atService = new HashMap<>();
  private final List<String> served = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private boolean authorities = true;

  /** The names that no writer can write. */
  private final List<String> otherNames = new ArrayList<>();

  private record Writer(String id, List<String> missing, ZonesTest test) implements DnsWriter {

    @Override
    public Service service() {
      return new Service(Descriptor.of(id, id), new Account(id, missing));
    }

    @Override
    public Optional<VendorError> otherName(String name) {
      return test.otherNames.stream()
          .filter(other -> name.startsWith(other) || name.endsWith(other))
          .findFirst()
          .map(other -> new VendorError(ErrorClass.FINAL, "Dns.OtherName", "not " + name));
    }

    @Override
    public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
      return Answer.of(Optional.ofNullable(test.atService.get(name))).now();
    }

    @Override
    public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Answer<Boolean>> remove(
        String zone, DnsRecord record, @Nullable String id, WriteContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private Zones zones(NamedAccount... accounts) {
    SmallRyeConfig given = WriterTesting.config(settings);
    WriterConfig config = given.getConfigMapping(WriterConfig.class);
    List<DnsWriter> writers =
        List.of(
            new Writer("one", List.of(), this),
            new Writer("two", List.of(), this),
            new Writer("bare", List.of("BARE_TOKEN"), this),
            new Writer("one@b", List.of(), this));
    Dns dns = new Dns();
    return new ConfiguredZones(
        new ZoneTable(writers, config, Accounts.of(List.of(accounts))),
        dns,
        dns,
        given.getConfigMapping(DelegationConfig.class));
  }

  @Test
  void theLongestZoneOverAllAccountsDecides() {
    settings.put("polycert.dns-writer.\"one\".zones", "example.com");
    Zones zones = zones(Accounts.withZones("b", "shop.example.com"));

    assertThat(zones.covering("_acme-challenge.www.shop.example.com").orElseThrow().writer().id())
        .isEqualTo("one@b");
    assertThat(zones.covering("_acme-challenge.www.example.com").orElseThrow().writer().id())
        .isEqualTo("one");
  }

  @Test
  void aZoneAtTwoAccountsIsRejectedWithBothSettings() {
    settings.put("polycert.dns-writer.\"one\".zones", "example.com");

    assertThatThrownBy(() -> zones(Accounts.withZones("b", "example.com")).any())
        .hasMessage(
            "polycert.dns-writer.\"one\".zones and polycert.account.\"b\".zones both name"
                + " example.com: keep it in the setting of the account that its name servers belong"
                + " to");
  }

  @Test
  void zonesOfAVendorWithoutWriterAreRejected() {
    assertThatThrownBy(() -> zones(Accounts.withZones("c", "example.com")).any())
        .hasMessage("polycert.account.\"c\".zones: vendor has no DNS writer that takes accounts");
  }

  /** The DNS as it is seen from here. */
  private final class Dns implements Aliases, NameServers {
    @Override
    public Uni<Optional<String>> zone(String name, Instant deadline) {
      asked.add("zone of " + name);
      return Uni.createFrom().item(Optional.ofNullable(servedFor(name)));
    }

    @Override
    public Uni<Optional<List<String>>> of(String zone, Instant deadline) {
      return Uni.createFrom().item(Optional.of(List.of("ns1." + zone, "ns2." + zone)));
    }

    private @Nullable String servedFor(String name) {
      return served.stream()
          .filter(it -> name.equals(it) || name.endsWith("." + it))
          .max(Comparator.comparing(String::length))
          .orElse(null);
    }

    @Override
    public Uni<Alias> alias(String name, Instant deadline) {
      asked.add(name);
      String target = aliases.get(name);
      String zone = servedFor(name);
      return Uni.createFrom()
          .item(
              target == null
                  ? new Alias.None(zone)
                  : target.isEmpty()
                      ? new Alias.Unclear("ns.example.com does not answer in time", zone)
                      : new Alias.Target(target, zone));
    }

    @Override
    public boolean asksAuthorities() {
      return authorities;
    }
  }

  private void configure(String writer, String zones) {
    settings.put("polycert.dns-writer.\"" + writer + "\".zones", zones);
  }

  private Delegation resolve(DnsRecord record) {
    return zones().resolve(record, DEADLINE).await().indefinitely();
  }

  private VendorError refused(DnsRecord record) {
    Delegation delegation = resolve(record);
    assertThat(delegation).isInstanceOf(Delegation.Refused.class);
    return ((Delegation.Refused) delegation).error();
  }

  @Test
  void theLongestZoneWins() {
    configure("one", "example.com,example.net.");
    configure("two", "EU.example.com");

    assertThat(zones().covering("_acme-challenge.www.eu.example.com").map(Place::toString))
        .contains("eu.example.com at two");
    assertThat(zones().covering("_acme-challenge.example.com").map(Place::toString))
        .contains("example.com at one");
    assertThat(zones().covering("example.net").map(Place::zone)).contains("example.net");
    assertThat(zones().covering("_acme-challenge.notexample.com")).isEmpty();
  }

  @Test
  void withoutZonesThereIsNobody() {
    assertThat(zones().any()).isFalse();
    assertThat(zones().covering("www.example.com")).isEmpty();
    assertThat(refused(txt("www.example.com", "v")).code()).isEqualTo("Dns.NoWriter");
  }

  @Test
  void aWriterWithoutItsVariablesWritesNothingAndTheErrorNamesThem() {
    configure("bare", "example.com");

    assertThat(zones().any()).isFalse();
    assertThat(zones().covering("www.example.com")).isEmpty();
    assertThat(refused(txt("www.example.com", "v")).message()).contains("BARE_TOKEN");
  }

  @Test
  void oneZoneAtTwoWritersIsAnErrorThatNamesBothSettings() {
    configure("one", "example.com");
    configure("two", "Example.com.");

    assertThatThrownBy(() -> zones().covering("www.example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("polycert.dns-writer.\"one\".zones")
        .hasMessageContaining("polycert.dns-writer.\"two\".zones")
        .hasMessageContaining("example.com");
  }

  @Test
  void aWriterThatDoesNotExistIsAnErrorThatNamesTheOnesThatDo() {
    configure("tow", "example.com");

    assertThatThrownBy(() -> zones().any())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"tow\"")
        .hasMessageContaining("bare, one, one@b, two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exa_mple..com", "example.com;example.net", "*.example.com", "-a.com"})
  void whatIsNoDomainNameIsNoZone(String zone) {
    configure("one", zone);

    assertThatThrownBy(() -> zones().any())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("polycert.dns-writer.\"one\".zones: '%s' is no domain name".formatted(zone));
  }

  @Test
  void allThatIsWrongIsNamedAtTheStart() {
    configure("one", "exa_mple..com");
    configure("tow", "example.com");
    settings.put("polycert.dns-writer.\"two\".zone-ids", "Z0123");

    assertThat(((ConfiguredZones) zones()).wrong())
        .hasSize(3)
        .anyMatch(it -> it.startsWith("polycert.dns-writer.\"one\".zones: 'exa_mple..com'"))
        .anyMatch(it -> it.startsWith("polycert.dns-writer.\"tow\".zones names no DNS writer"))
        .contains("polycert.dns-writer.\"two\".zone-ids: 'Z0123' is not as example.com=Z0123");
  }

  @Test
  void aWriterWithZonesAndWithoutItsKeySaysWhatItLacks() {
    configure("bare", "example.com");
    settings.put("polycert.dns.delegation-zone", "acme.example.com");
    String lacks = "set BARE_TOKEN in the environment, so that example.com at bare can be written";

    assertThat(zones().lacks()).containsExactly(lacks);
    assertThat(zones().lacks("_acme-challenge.www.example.com")).contains(lacks);
    assertThat(zones().lacks("_acme-challenge.www.example.net")).isEmpty();
    assertThat(zones().delegationObstacle())
        .isEqualTo("polycert.dns.delegation-zone is acme.example.com: " + lacks);
    settings.put("polycert.dns.delegation-zone", "acme.example.net");
    assertThat(zones().delegationObstacle())
        .isEqualTo(
            "polycert.dns.delegation-zone is acme.example.net: give this zone to a DNS writer"
                + " first");
  }

  @Test
  void theEnvironmentNamesZonesToo() {
    var config =
        new io.smallrye.config.SmallRyeConfigBuilder()
            .withMapping(WriterConfig.class)
            .withSources(
                new io.smallrye.config.EnvConfigSource(
                    Map.of(
                        "POLYCERT_DNS_WRITER__RFC2136__ZONES", "example.com",
                        "POLYCERT_DNS_WRITER__RFC2136__ENDPOINT", "dns://127.0.0.1:53"),
                    300))
            .build()
            .getConfigMapping(WriterConfig.class);

    assertThat(config.of("rfc2136").zones()).contains(List.of("example.com"));
    assertThat(config.of("rfc2136").endpoint()).isPresent();
  }

  @Test
  void aTextIsWrittenWhereTheCnamesLead() {
    configure("one", "acme.example.net");
    aliases.put("_acme-challenge.www.example.com", "www.acme.example.net");
    aliases.put("www.acme.example.net", "deep.acme.example.net");

    assertThat(resolve(txt("_acme-challenge.www.example.com", "v")))
        .isInstanceOfSatisfying(
            Delegation.Writable.class,
            found -> {
              assertThat(found.record()).isEqualTo(txt("deep.acme.example.net", "v"));
              assertThat(found.place().toString()).isEqualTo("acme.example.net at one");
            });
  }

  @Test
  void aCnameIsWrittenAtItsOwnName() {
    configure("one", "example.com");
    aliases.put("_acme-challenge.www.example.com", "elsewhere.example.net");
    DnsRecord record = new DnsRecord("_acme-challenge.www.example.com", "CNAME", "t.example.org");

    assertThat(resolve(record))
        .isEqualTo(new Delegation.Writable(zones().covering(record.name()).orElseThrow(), record));
  }

  @Test
  void aWildcardsCnameIsNoDelegation() {
    configure("one", "example.com");
    aliases.put("_acme-challenge.www.example.com", "cdn.example.org");
    aliases.put("*.example.com", "cdn.example.org");

    assertThat(resolve(txt("_acme-challenge.www.example.com", "v")))
        .isInstanceOfSatisfying(
            Delegation.Writable.class,
            found ->
                assertThat(found.record().name()).isEqualTo("_acme-challenge.www.example.com"));
  }

  @Test
  void whatTheValueIsMadeOfGoesWithTheRecord() {
    configure("one", "acme.example.net");
    aliases.put("_acme-challenge.www.example.com", "www.acme.example.net");

    assertThat(resolve(new DnsRecord("_acme-challenge.www.example.com", "TXT", "v", "t.k")))
        .isInstanceOfSatisfying(
            Delegation.Writable.class,
            found ->
                assertThat(found.record())
                    .isEqualTo(new DnsRecord("www.acme.example.net", "TXT", "v", "t.k")));
  }

  @Test
  void aNameThatItsWriterCannotWriteIsRefusedInTheWritersWords() {
    configure("one", "example.com");
    otherNames.add("_dnsauth.");
    aliases.put("_acme-challenge.led.example.com", "_dnsauth.example.com");

    assertThat(refused(txt("_dnsauth.www.example.com", "v")).code()).isEqualTo("Dns.OtherName");
    assertThat(refused(txt("_acme-challenge.led.example.com", "v")).message())
        .isEqualTo("not _dnsauth.example.com");
    assertThat(resolve(txt("_acme-challenge.example.com", "v")))
        .isInstanceOf(Delegation.Writable.class);
  }

  @Test
  void aZoneWhoseTargetsItsWriterCannotWriteIsNoneForDelegations() {
    settings.put("polycert.dns.delegation-zone", "acme.example.net");
    configure("one", "acme.example.net");
    assertThat(zones().delegationZone()).isPresent();

    otherNames.add(".acme.example.net");

    assertThat(zones().delegationZone()).isEmpty();
    assertThat(zones().delegationObstacle())
        .startsWith("polycert.dns.delegation-zone is acme.example.net: not ");
  }

  @Test
  void aForeignZoneIsRefusedWithTheChain() {
    configure("one", "example.com");
    aliases.put("_acme-challenge.example.com", "a.example.org");

    VendorError error = refused(txt("_acme-challenge.example.com", "v"));

    assertThat(error.code()).isEqualTo("Dns.ForeignZone");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("_acme-challenge.example.com -> a.example.org");
  }

  @Test
  void aCircleIsRefusedWithTheChain() {
    configure("one", "example.com");
    aliases.put("a.example.com", "b.example.com");
    aliases.put("b.example.com", "a.example.com");

    VendorError error = refused(txt("a.example.com", "v"));

    assertThat(error.code()).isEqualTo("Dns.Loop");
    assertThat(error.message()).contains("a.example.com -> b.example.com -> a.example.com");
  }

  @Test
  void eightCnamesAreFollowedAndTheNinthIsNot() {
    configure("one", "example.com");
    for (int i = 0; i < 8; i++) {
      aliases.put("n" + i + ".example.com", "n" + (i + 1) + ".example.com");
    }
    assertThat(resolve(txt("n0.example.com", "v")))
        .isInstanceOfSatisfying(
            Delegation.Writable.class,
            found -> assertThat(found.record().name()).isEqualTo("n8.example.com"));

    aliases.put("n8.example.com", "n9.example.com");
    assertThat(refused(txt("n0.example.com", "v")).code()).isEqualTo("Dns.LongChain");
  }

  @Test
  void whatCannotBeSeenIsLookedForAgain() {
    configure("one", "example.net");
    aliases.put("a.example.com", "b.example.com");
    aliases.put("b.example.com", "");

    VendorError error = refused(txt("a.example.com", "v"));

    assertThat(error.code()).isEqualTo("Dns.Unreachable");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(error.message())
        .contains("ns.example.com does not answer in time", "a.example.com -> b.example.com");
  }

  @Test
  void aNameThatCannotBeSeenFromHereIsWrittenWhereTheServiceSays() {
    configure("one", "example.com,acme.example.net");
    aliases.put("_acme-challenge.a.example.com", "");
    aliases.put("_acme-challenge.b.example.com", "");
    atService.put("_acme-challenge.b.example.com", "B.acme.example.net.");

    assertThat(written("_acme-challenge.a.example.com"))
        .isEqualTo("_acme-challenge.a.example.com in example.com at one");
    assertThat(written("_acme-challenge.b.example.com"))
        .isEqualTo("b.acme.example.net in acme.example.net at one");
  }

  @Test
  void noCacheIsAskedForANameThatIsAboutToBeWritten() {
    authorities = false;
    configure("one", "example.com");
    aliases.put("_acme-challenge.www.example.org", "x.example.com");

    assertThat(written("_acme-challenge.www.example.com"))
        .isEqualTo("_acme-challenge.www.example.com in example.com at one");
    assertThat(written("_acme-challenge.www.example.org"))
        .isEqualTo("x.example.com in example.com at one");
    assertThat(asked).containsExactly("zone of www.example.com", "_acme-challenge.www.example.org");
  }

  @Test
  void aZoneThatIsDelegatedToOthersIsRefusedByName() {
    configure("one", "example.com");
    served.addAll(List.of("example.com", "sub.example.com"));

    VendorError error = refused(txt("_acme-challenge.www.sub.example.com", "v"));

    assertThat(error.code()).isEqualTo("Dns.NoWriter");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message())
        .contains(
            "sub.example.com is delegated to ns1.sub.example.com, ns2.sub.example.com; ",
            "the zone sub.example.com, and not in example.com at one");
    assertThat(refused(new DnsRecord("_x.www.sub.example.com", "CNAME", "t.example.org")).message())
        .as("a CNAME too")
        .contains("sub.example.com is delegated to");

    aliases.put("_acme-challenge.sub.example.com", "cdn.example.org");
    aliases.put("*.sub.example.com", "cdn.example.org");
    assertThat(refused(txt("_acme-challenge.sub.example.com", "v")).code())
        .as("below a wildcard as well")
        .isEqualTo("Dns.NoWriter");
  }

  @Test
  void configuredServersShowAZoneThatIsDelegatedToOthersToo() {
    authorities = false;
    configure("one", "example.com");
    served.addAll(List.of("example.com", "sub.example.com"));

    assertThat(refused(txt("_acme-challenge.www.sub.example.com", "v")).message())
        .contains("sub.example.com is delegated to ns1.sub.example.com");

    aliases.put("_acme-challenge.www.sub.example.com", "x.example.com");
    assertThat(written("_acme-challenge.www.sub.example.com"))
        .as("delegated by a CNAME there")
        .isEqualTo("x.example.com in example.com at one");

    configure("two", "sub.example.com");
    aliases.clear();
    assertThat(written("_acme-challenge.www.sub.example.com"))
        .isEqualTo("_acme-challenge.www.sub.example.com in sub.example.com at two");
  }

  @Test
  void theServiceIsNotAskedForANameBelowAZoneWithoutAnswers() {
    configure("one", "example.com");
    served.addAll(List.of("example.com", "sub.example.com"));
    aliases.put("_acme-challenge.www.sub.example.com", "");

    assertThat(refused(txt("_acme-challenge.www.sub.example.com", "v")).code())
        .isEqualTo("Dns.Unreachable");
  }

  @Test
  void theZoneThatIsServedWins() {
    configure("one", "example.com");
    configure("two", "sub.example.com");
    served.add("example.com");

    assertThat(written("_acme-challenge.www.sub.example.com"))
        .as("the child is not delegated")
        .isEqualTo("_acme-challenge.www.sub.example.com in example.com at one");

    served.add("sub.example.com");
    assertThat(written("_acme-challenge.www.sub.example.com"))
        .isEqualTo("_acme-challenge.www.sub.example.com in sub.example.com at two");
  }

  @Test
  void aZoneThatIsNotDelegatedYetIsRefusedByName() {
    configure("two", "sub.example.com");
    served.add("example.com");

    assertThat(refused(txt("_acme-challenge.www.sub.example.com", "v")).message())
        .contains("the zone example.com, and not in sub.example.com at two");
  }

  @Test
  void everyNameHasATargetOfItsOwnInTheDelegationZoneAndTheErrorNamesIt() {
    configure("one", "example.net");
    settings.put("polycert.dns.delegation-zone", "Acme.Example.net.");
    DelegationZone zone = zones().delegationZone().orElseThrow();

    String target = zone.target("_acme-challenge.www.example.com");

    // Set once by people, so that no version may change it.
    assertThat(target).isEqualTo("4974a47f8ad071d668d0a88576f2b068.acme.example.net");
    assertThat(zone.target("_ACME-challenge.WWW.example.com.")).isEqualTo(target);
    assertThat(zone.target("_dnsauth.www.example.com")).isNotEqualTo(target);
    assertThat(refused(txt("_acme-challenge.www.example.com", "v")).message())
        .endsWith("delegate it once: CNAME _acme-challenge.www.example.com -> " + target);
    assertThat(
            refused(new DnsRecord("_acme-challenge.www.example.com", "CNAME", "t.example.org"))
                .message())
        .as("what must be a CNAME itself cannot be delegated")
        .doesNotContain("delegate");
  }

  @Test
  void aDelegationZoneThatNoWriterHasIsNoneAndTheObstacleSaysWhy() {
    assertThat(zones().delegationZone()).isEmpty();
    assertThat(zones().delegationObstacle()).startsWith("set polycert.dns.delegation-zone");

    settings.put("polycert.dns.delegation-zone", "acme.example.net");
    configure("bare", "acme.example.net");

    assertThat(zones().delegationZone()).isEmpty();
    assertThat(zones().delegationObstacle()).contains("acme.example.net", "BARE_TOKEN");
  }

  @Test
  void zonesAreOneInUnicodeAndAscii() {
    configure("one", "bücher.example,Xn--R8JZ45g.example.");

    assertThat(zones().covering("_acme-challenge.www.xn--bcher-kva.example").map(Place::zone))
        .contains("xn--bcher-kva.example");
    assertThat(zones().covering("_acme-challenge.例え.example").map(Place::zone))
        .contains("xn--r8jz45g.example");
  }

  @Test
  void twoSpellingsOfOneZoneAtTwoWritersAreOneZone() {
    configure("one", "bücher.example");
    configure("two", "xn--bcher-kva.example");

    assertThatThrownBy(() -> zones().any()).isInstanceOf(IllegalArgumentException.class);
  }

  private String written(String name) {
    Delegation delegation = resolve(txt(name, "v"));
    assertThat(delegation).isInstanceOf(Delegation.Writable.class);
    Delegation.Writable at = (Delegation.Writable) delegation;
    return at.record().name() + " in " + at.place();
  }
}
