package dev.polycert.domain.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
