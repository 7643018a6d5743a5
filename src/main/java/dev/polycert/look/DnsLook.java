package dev.polycert.look;

import dev.polycert.domain.Aliases;
import dev.polycert.domain.Finding;
import dev.polycert.domain.NameServers;
import dev.polycert.domain.ValidationLook;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Looks for one DNS record as a CA would. Blocks; for virtual threads only. */
@ApplicationScoped
class DnsLook {
  private final ZoneFinder finder;
  private final DnsQuestions questions;

  DnsLook(ZoneFinder finder, DnsQuestions questions) {
    this.finder = finder;
    this.questions = questions;
  }

  /** Looks for a record; see {@link ValidationLook#record}. */
  Finding look(String name, String type, String value, Instant deadline) {
    WantedRecord wanted = new WantedRecord(name, type, value);
    Optional<Name> parsed = Names.parse(name);
    if (parsed.isEmpty() || !wanted.isSupported()) {
      return new Finding(
          wanted.what(),
          Finding.Status.UNREACHABLE,
          List.of(),
          "this cannot be looked for: give TXT or CNAME and a DNS name of at most 253 octets");
    }
    RecordSearch search = new RecordSearch(finder, questions, Type.value(type), deadline);
    search.run(parsed.get());
    RecordVerdict verdict = new RecordVerdict(wanted, search);
    return verdict.finding(misplaced(parsed.get(), wanted, verdict, search));
  }

  /** Looks where a name points; see {@link Aliases#alias}. */
  Aliases.Alias alias(String name, Instant deadline) {
    Optional<Name> parsed = Names.parse(name);
    if (parsed.isEmpty()) {
      return new Aliases.Alias.Unclear("this is no DNS name of at most 253 octets", null);
    }
    RecordSearch search = new RecordSearch(finder, questions, Type.CNAME, deadline);
    search.run(parsed.get());
    Set<List<String>> seen =
        search.sightings().stream()
            .filter(Sighting::isFinal)
            .map(sighting -> sighting.values().stream().map(DnsLook::lowerCase).toList())
            .collect(Collectors.toSet());
    return switch (seen.size()) {
      case 0 -> new Aliases.Alias.Unclear(unheard(search), zone(search));
      case 1 ->
          seen.iterator().next().stream()
              .findFirst()
              .<Aliases.Alias>map(target -> new Aliases.Alias.Target(target, zone(search)))
              .orElseGet(() -> new Aliases.Alias.None(zone(search)));
      default ->
          new Aliases.Alias.Unclear(
              "the zone's servers do not agree yet on its CNAME", zone(search));
    };
  }

  /** Finds the zone of a name; see {@link Aliases#zone}. */
  Optional<String> zone(String name, Instant deadline) {
    return Names.parse(name)
        .map(parsed -> finder.apex(parsed, deadline))
        .filter(Zone.Search.Found.class::isInstance)
        .map(found -> lowerCase(Names.text(((Zone.Search.Found) found).zone().name())));
  }

  /** Finds the servers of a zone; see {@link NameServers#of}. */
  Optional<List<String>> nameServers(String zone, Instant deadline) {
    return Names.parse(zone).flatMap(name -> finder.nameServers(name, deadline));
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String zone(RecordSearch search) {
    return search
        .zone()
        .filter(Zone::authoritative)
        .map(found -> lowerCase(Names.text(found.name())))
        .orElse(null);
  }

  private static String unheard(RecordSearch search) {
    return search.sightings().stream()
            .filter(sighting -> sighting.error() != null)
            .findFirst()
            .map(first -> first.server() + " " + first.error())
            .orElse("the zone has no name servers")
        + OtherView.HINT;
  }

  /** The classic mistake: a DNS console appended the zone to a name that had it already. */
  private static Optional<String> misplaced(
      Name name, WantedRecord wanted, RecordVerdict verdict, RecordSearch search) {
    if (verdict.status() != Finding.Status.ABSENT) {
      return Optional.empty();
    }
    return search
        .zone()
        .flatMap(
            zone ->
                Names.doubled(name, zone.name())
                    .filter(
                        doubled ->
                            search.valuesAt(doubled, zone).stream().anyMatch(wanted::isMetBy)))
        .map(Names::text);
  }
}
