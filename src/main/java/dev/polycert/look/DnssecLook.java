package dev.polycert.look;

import dev.polycert.domain.Obstacle;
import dev.polycert.domain.PublicSuffixes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.R;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Looks whether the signatures (DNSSEC) of a name hold. CAs have to validate them, and may not
 * issue where they do not hold (CA/Browser Forum, Baseline Requirements, ballot SC-085, from
 * 2026-03-15). Blocks; for virtual threads only.
 *
 * <p>It looks at the zones of the domain's owner, from the topmost DS record down; the owner cannot
 * correct the signatures of the registry and the root.
 */
@ApplicationScoped
class DnssecLook {
  private final RecursiveResolver resolver;
  private final ZoneFinder finder;
  private final DnsQuestions questions;
  private final Clock clock;

  /** An owner who corrects what does not hold looks again at once. */
  private final RecentFindings<Optional<Obstacle>> findings;

  DnssecLook(RecursiveResolver resolver, ZoneFinder finder, DnsQuestions questions, Clock clock) {
    this.resolver = resolver;
    this.finder = finder;
    this.questions = questions;
    this.clock = clock;
    findings = new RecentFindings<>(Optional::isEmpty, clock);
    // Otherwise the library loads a resource bundle "messages", which may be missing or belong to
    // other code.
    R.setUseNeutralMessages(true);
  }

  /** Empty where they hold, where there are none, and where the servers cannot be asked. */
  Optional<Obstacle> look(String name, Instant deadline) {
    return Names.parse(name)
        .flatMap(parsed -> findings.get(name, deadline, () -> look(parsed, deadline)));
  }

  private Optional<Obstacle> look(Name name, Instant deadline) {
    if (isRefusedByResolver(name, deadline)) {
      return Optional.of(bogus(name, "the resolver validates, and answers only where it need not"));
    }
    return delegation(name, deadline).flatMap(ds -> fault(name, ds, deadline));
  }

  private static Obstacle bogus(Name name, String why) {
    return Obstacle.passing(
        "Dns.Bogus",
        ("DNSSEC of %s does not validate, so that no CA may issue (%s): sign the zone anew with the"
                + " key of its DS record, or have the registrar change or remove that record")
            .formatted(Names.text(name), why));
  }

  /** A resolver that validates itself fails on what does not hold (RFC 4035, section 5.5). */
  private boolean isRefusedByResolver(Name name, Instant deadline) {
    return resolver.ask(name, Type.CAA, deadline) instanceof DnsReply.Failure failure
        && failure.spoke()
        && resolver.askUnchecked(name, Type.CAA, deadline) instanceof DnsReply.Answer;
  }

  /** The topmost DS records of the owner's zones; empty where no zone is signed. */
  private Optional<RRset> delegation(Name name, Instant deadline) {
    SignedQuestions signed = new SignedQuestions(finder, questions, deadline);
    if (!(finder.find(name, deadline) instanceof Zone.Search.Found(Zone zone))) {
      return Optional.empty();
    }
    Name lowest = zone.authoritative() ? zone.name() : name;
    int top = Names.parse(PublicSuffixes.registrable(Names.text(name))).map(Name::labels).orElse(0);
    for (int labels = top; labels <= lowest.labels(); labels++) {
      switch (signed.ask(new Name(lowest, lowest.labels() - labels), Type.DS)) {
        case DnsReply.Failure failure -> {
          return Optional.empty();
        }
        case DnsReply.Answer(Message message) -> {
          List<RRset> found =
              message.getSectionRRsets(Section.ANSWER).stream()
                  .filter(set -> set.getType() == Type.DS)
                  .toList();
          if (!found.isEmpty()) {
            // A forwarder that leaves signatures out shows nothing of whether they hold.
            return found.stream()
                .filter(set -> zone.authoritative() || !set.sigs().isEmpty())
                .findFirst();
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Why the name does not validate below the DS records; empty if it does, or if that is unknown.
   */
  private Optional<Obstacle> fault(Name name, RRset delegation, Instant deadline) {
    SignedQuestions signed = new SignedQuestions(finder, questions, deadline);
    ValidatingResolver validator = new ValidatingResolver(signed, clock);
    validator.getTrustAnchors().store(new RRset(delegation));
    // The CNAME is the one record type whose answer, or absence, depends on no other zone.
    Message query = Message.newQuery(Record.newRecord(name, Type.CNAME, DClass.IN));
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      Message answer =
          validator
              .sendAsync(query)
              .toCompletableFuture()
              .orTimeout(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)
              .join();
      return answer.getRcode() == Rcode.SERVFAIL
          ? Optional.of(bogus(signed.zone().orElse(delegation.getName()), why(answer, signed)))
          : Optional.empty();
    } catch (CompletionException unanswered) {
      return Optional.empty();
    }
  }

  private String why(Message answer, SignedQuestions signed) {
    return signed
        .outOfTime(clock.instant())
        .map(
            signature ->
                ("the signature of %s %s is valid from %s to %s, and this machine's clock"
                        + " says %s")
                    .formatted(
                        Type.string(signature.getTypeCovered()),
                        Names.text(signature.getName()),
                        signature.getTimeSigned(),
                        signature.getExpire(),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS)))
        .orElseGet(
            () ->
                switch (code(answer)) {
                  case ExtendedErrorCodeOption.DNSKEY_MISSING ->
                      "no key of the zone matches its DS record";
                  case ExtendedErrorCodeOption.RRSIGS_MISSING -> "signatures are missing";
                  case ExtendedErrorCodeOption.NSEC_MISSING ->
                      "the proof that there is no such record is missing";
                  default -> "a signature does not hold";
                });
  }

  /** RFC 8914, section 4. */
  private static int code(Message answer) {
    return answer.getOPT() == null
        ? ExtendedErrorCodeOption.OTHER
        : answer.getOPT().getOptions().stream()
            .filter(ExtendedErrorCodeOption.class::isInstance)
            .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
            .findFirst()
            .orElse(ExtendedErrorCodeOption.OTHER);
  }
}
