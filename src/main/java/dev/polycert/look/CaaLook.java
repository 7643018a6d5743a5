package dev.polycert.look;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.PublicSuffixes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Looks for CAA records that forbid a CA to issue, as the CA does. It asks a resolver, as the CA
 * does. A refusal counts against an order only if the servers of the zone confirm it, because a
 * resolver may cache records that were corrected since. Blocks; for virtual threads only.
 */
@ApplicationScoped
class CaaLook {
  private static final int LONGEST_CHAIN = 8;

  private final RecursiveResolver resolver;
  private final ZoneFinder finder;
  private final DnsQuestions questions;
  private final RecentFindings<Optional<Relevant>> climbs;

  CaaLook(RecursiveResolver resolver, ZoneFinder finder, DnsQuestions questions, Clock clock) {
    this.resolver = resolver;
    this.finder = finder;
    this.questions = questions;
    climbs = new RecentFindings<>(found -> found.filter(Relevant::isFailure).isEmpty(), clock);
  }

  /** The answer about one name, at the end of its CNAMEs. */
  private sealed interface Answered {
    record Properties(Name owner, List<CaaProperty> all) implements Answered {}

    record Failed(String why) implements Answered {}
  }

  /** The answer about a name that decides for all below it. */
  private record Relevant(Name asked, Answered answer) {

    boolean isFailure() {
      return answer instanceof Answered.Failed;
    }
  }

  Optional<Obstacle> look(DomainName domain, Issuer issuer, Instant deadline) {
    return climbs
        .get(domain.base(), deadline, () -> climb(domain, deadline))
        .flatMap(
            found ->
                switch (found.answer) {
                  case Answered.Failed(String why) -> Optional.of(unclear(found.asked, why));
                  case Answered.Properties(Name owner, List<CaaProperty> properties) ->
                      new CaaVerdict(properties, domain.wildcard(), issuer)
                          .refusal(Names.text(owner))
                          .flatMap(
                              refusal ->
                                  confirmed(found.asked, owner, refusal, domain, issuer, deadline));
                });
  }

  /**
   * Climbs from the name to its top-level domain, to the first name that has CAA records (RFC 8659,
   * section 3).
   */
  private Optional<Relevant> climb(DomainName domain, Instant deadline) {
    Name name = Names.parse(domain.base()).orElseThrow();
    int registrable =
        Names.parse(PublicSuffixes.registrable(domain.base())).map(Name::labels).orElse(0);
    for (Name at = name; at.labels() > 1; at = new Name(at, 1)) {
      Answered answer = ask(at, deadline);
      boolean decides =
          switch (answer) {
            // A server for private zones knows no zones of registries.
            case Answered.Failed failed -> at.labels() >= registrable;
            case Answered.Properties properties -> !properties.all.isEmpty();
          };
      if (decides) {
        return Optional.of(new Relevant(at, answer));
      }
    }
    return Optional.empty();
  }

  /** A CA must not issue on such an answer (RFC 8659, section 3), but may on a later one. */
  private static Obstacle unclear(Name name, String why) {
    return Obstacle.passing(
        Obstacle.UNREACHABLE,
        "the resolver %s when asked for CAA %s, on which no CA issues%s"
            .formatted(why, Names.text(name), OtherView.HINT));
  }

  private Answered ask(Name name, Instant deadline) {
    Name owner = name;
    for (int links = 0; links <= LONGEST_CHAIN; links++) {
      switch (resolver.ask(owner, Type.CAA, deadline)) {
        case DnsReply.Failure failure -> {
          return new Answered.Failed(failure.why());
        }
        case DnsReply.Answer(Message message) -> {
          Name end = end(message, owner);
          if (end.equals(owner) || isWhole(message)) {
            return new Answered.Properties(end, properties(message));
          }
          owner = end;
        }
      }
    }
    return new Answered.Failed("answers with too long a chain of CNAMEs");
  }

  /** Where the CNAMEs of an answer lead. */
  private static Name end(Message message, Name from) {
    Name end = from;
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(end)) {
        end = alias.getTarget();
      }
    }
    return end;
  }

  /** A server that is not a resolver answers with the first CNAMEs only. */
  private static boolean isWhole(Message message) {
    return !properties(message).isEmpty()
        || message.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
  }

  private static List<CaaProperty> properties(Message message) {
    return message.getSection(Section.ANSWER).stream()
        .filter(CAARecord.class::isInstance)
        .map(record -> CaaProperty.read(CaaProperty.line((CAARecord) record)))
        .toList();
  }

  /** The verdict of the zone's own servers; if none answers, that of the resolver counts. */
  private Optional<Obstacle> confirmed(
      Name name, Name owner, String refusal, DomainName domain, Issuer issuer, Instant deadline) {
    RecordSearch search = new RecordSearch(finder, questions, Type.CAA, deadline);
    search.run(name);
    List<Sighting> views = search.sightings().stream().filter(Sighting::isFinal).toList();
    long against =
        views.stream()
            .map(view -> view.values().stream().map(CaaProperty::read).toList())
            .filter(
                properties ->
                    !properties.isEmpty()
                        && new CaaVerdict(properties, domain.wildcard(), issuer)
                            .refusal("")
                            .isPresent())
            .count();
    String text =
        owner.equals(name)
            ? refusal
            : "the CNAME of %s leads to %s: %s"
                .formatted(Names.text(name), Names.text(owner), refusal);
    if (against == views.size()) {
      return Optional.of(Obstacle.lasting("Dns.CaaForbids", text));
    }
    return against == 0
        ? Optional.empty()
        : Optional.of(
            Obstacle.passing(
                "Dns.CaaForbids", text + "; not all servers of the zone have that, so wait"));
  }
}
