package dev.polycert.dns;

import dev.polycert.call.NamedAccount;
import dev.polycert.call.NamedAccounts;
import dev.polycert.domain.DnsNames;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows the configured zones and the writer of each. */
@ApplicationScoped
class ZoneTable {
  private final List<DnsWriter> writers;
  private final List<NamedAccount> accounts;
  private final WriterConfig config;

  ZoneTable(@All List<DnsWriter> writers, WriterConfig config, NamedAccounts accounts) {
    this.writers =
        Stream.concat(writers.stream(), accounts.instances(DnsWriter.class).stream()).toList();
    this.accounts = accounts.all();
    this.config = config;
  }

  boolean isEmpty() {
    return places().values().stream().noneMatch(ZoneTable::usable);
  }

  /** The longest configured zone that is the name or an ancestor of it, if its writer is usable. */
  Optional<Place> covering(String name) {
    return longest(name).filter(ZoneTable::usable);
  }

  /**
   * The place of a name by the configuration and by the zone that the DNS has it in: a zone that is
   * configured for another one is not the one that is served.
   */
  Optional<Place> covering(String name, @Nullable String served) {
    return served == null
        ? covering(name)
        : Optional.ofNullable(places().get(canonical(served))).filter(ZoneTable::usable);
  }

  /** Whether something is configured that may be wrong. */
  boolean isConfigured() {
    return !accounts.isEmpty()
        || config.byId().values().stream()
            .anyMatch(
                it ->
                    it.zones().isPresent()
                        || it.zoneIds().isPresent()
                        || it.endpoint().isPresent()
                        || it.propagation().isPresent());
  }

  /** What each zone lacks that no writer can write yet. */
  List<String> lacks() {
    return places().values().stream()
        .filter(place -> !usable(place))
        .map(ZoneTable::lacks)
        .sorted()
        .toList();
  }

  /** What the zone of a name lacks; empty where it is configured at no writer. */
  Optional<String> lacks(String name) {
    return longest(name).filter(place -> !usable(place)).map(ZoneTable::lacks);
  }

  private static String lacks(Place place) {
    return "set %s in the environment, so that %s can be written"
        .formatted(String.join(", ", place.writer().missing()), place);
  }

  /** Why {@link #covering} is empty, and what would change that. */
  String obstacle(String name, @Nullable String served) {
    Optional<Place> configured = longest(name);
    return served == null || configured.isEmpty() || places().containsKey(canonical(served))
        ? obstacle(served == null ? name : served)
        : "it lies in the zone "
            + canonical(served)
            + ", and not in "
            + configured.get()
            + ": name that zone in polycert.dns-writer.\"…\".zones of a writer that has it, or"
            + " publish by hand";
  }

  private String obstacle(String name) {
    return lacks(name)
        .orElseGet(() -> "name its zone in polycert.dns-writer.\"…\".zones, or publish by hand");
  }

  private Optional<Place> longest(String name) {
    String wanted = canonical(name);
    return places().values().stream()
        .filter(place -> wanted.equals(place.zone()) || wanted.endsWith("." + place.zone()))
        .max(Comparator.comparingInt(place -> place.zone().length()));
  }

  private static boolean usable(Place place) {
    return place.writer().missing().isEmpty();
  }

  /** What is wrong with the zones of the writers and accounts, by the names of the settings. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    places(wrong);
    new TreeMap<>(config.byId())
        .forEach(
            (id, settings) ->
                requireIds(
                    "polycert.dns-writer.\"" + id + "\".zone-ids",
                    settings.zoneIds().orElse(List.of()),
                    wrong));
    accounts.forEach(it -> requireIds(it.setting("zone-ids"), it.zoneIds(), wrong));
    return wrong;
  }

  private static void requireIds(String setting, List<String> ids, List<String> wrong) {
    ids.stream()
        .filter(
            id -> {
              String[] pair = id.split("=", 2);
              return pair.length < 2 || pair[1].isBlank() || !DnsNames.isName(canonical(pair[0]));
            })
        .map(id -> "%s: '%s' is not as example.com=Z0123".formatted(setting, id))
        .forEach(wrong::add);
  }

  /** By zone. Rejects a zone at two writers, of which one would be picked at random. */
  private Map<String, Place> places() {
    List<String> wrong = new ArrayList<>();
    Map<String, Place> places = places(wrong);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    return places;
  }

  /**
   * @param wrong gets what is wrong
   */
  private Map<String, Place> places(List<String> wrong) {
    Map<String, Place> places = new HashMap<>();
    new TreeMap<>(config.byId())
        .forEach(
            (id, settings) ->
                writer(id, wrong)
                    .ifPresent(it -> put(it, settings.zones().orElse(List.of()), places, wrong)));
    for (NamedAccount account : accounts) {
      if (!account.zones().isEmpty()) {
        writer(account, wrong).ifPresent(it -> put(it, account.zones(), places, wrong));
      }
    }
    return places;
  }

  private void put(
      DnsWriter writer, List<String> zones, Map<String, Place> places, List<String> wrong) {
    for (String zone : zones) {
      Place place = new Place(writer, canonical(zone));
      if (!DnsNames.isName(place.zone())) {
        wrong.add("%s: '%s' is no domain name".formatted(setting(writer.id()), zone));
        continue;
      }
      Place other = places.putIfAbsent(place.zone(), place);
      if (other != null && !other.writer().id().equals(writer.id())) {
        wrong.add(
            "%s and %s both name %s: keep it in the setting of the account that its name servers belong to"
                .formatted(setting(other.writer().id()), setting(writer.id()), place.zone()));
      }
    }
  }

  private Optional<DnsWriter> writer(NamedAccount account, List<String> wrong) {
    Optional<DnsWriter> found =
        writers.stream()
            .filter(writer -> NamedAccount.account(writer.id()).equals(Optional.of(account.name())))
            .findFirst();
    if (found.isEmpty()) {
      wrong.add(
          "%s: %s has no DNS writer that takes accounts"
              .formatted(account.setting("zones"), account.vendor()));
    }
    return found;
  }

  List<String> wrongSettings() {
    return writers.stream().flatMap(writer -> writer.wrongSettings().stream()).toList();
  }

  Optional<DnsWriter> find(String id) {
    return writers.stream().filter(writer -> writer.id().equals(id)).findFirst();
  }

  /** The configured time, else the service's own. */
  Optional<Duration> propagation(String id) {
    return find(id)
        .map(
            writer ->
                config
                    .of(NamedAccount.service(id))
                    .propagation()
                    .orElse(
                        Objects.requireNonNullElse(
                            writer.service().descriptor().propagation(), Duration.ZERO)));
  }

  private Optional<DnsWriter> writer(String id, List<String> wrong) {
    Optional<DnsWriter> found = find(id);
    if (found.isEmpty()) {
      wrong.add(
          setting(id)
              + " names no DNS writer: there are "
              + writers.stream().map(DnsWriter::id).sorted().collect(Collectors.joining(", ")));
    }
    return found;
  }

  private String setting(String id) {
    return accounts.stream()
        .filter(account -> NamedAccount.account(id).equals(Optional.of(account.name())))
        .findFirst()
        .map(account -> account.setting("zones"))
        .orElse("polycert.dns-writer.\"" + id + "\".zones");
  }

  private static String canonical(String name) {
    return DnsNames.canonical(name);
  }
}
