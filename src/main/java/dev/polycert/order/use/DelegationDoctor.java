package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DelegationZone;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Zones;
import dev.polycert.domain.Finding;
import dev.polycert.domain.PublicSuffixes;
import dev.polycert.domain.ValidationLook;
import dev.polycert.order.use.Delegate.State;
import dev.polycert.order.use.Delegate.Verdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether the CNAME that delegates a validation is there, and what is wrong with it. */
@ApplicationScoped
class DelegationDoctor {
  /** A value that no record has: a look for it shows the records that are there. */
  private static final String NO_VALUE = "none, this is a look for what is there";

  private final Zones zones;
  private final ValidationLook look;

  DelegationDoctor(Zones zones, ValidationLook look) {
    this.zones = zones;
    this.look = look;
  }

  /** Looks at one name of a record, at all authoritative servers of its zone. */
  Uni<Verdict> look(String name, DelegationZone zone, Instant deadline) {
    String target = zone.target(name);
    return look.record(name, "CNAME", target, deadline)
        .flatMap(
            finding ->
                switch (finding.status()) {
                  case PRESENT -> now(new Verdict(State.STANDS, finding.seen(), null, null));
                  case PARTIAL ->
                      now(new Verdict(State.PARTIAL, finding.seen(), null, finding.missing()));
                  case UNREACHABLE ->
                      now(new Verdict(State.UNREACHABLE, finding.seen(), null, finding.missing()));
                  case ABSENT, DIFFERENT -> without(name, target, finding, deadline);
                });
  }

  /** Judges a name without the expected CNAME. Another CNAME into a zone of ours is as good. */
  private Uni<Verdict> without(String name, String target, Finding finding, Instant deadline) {
    return zones
        .resolve(new DnsRecord(name, "TXT", NO_VALUE), deadline)
        .flatMap(
            delegation ->
                switch (delegation) {
                  case Delegation.Writable(_, DnsRecord(String at, _, _, _)) ->
                      now(
                          at.equals(name)
                              ? new Verdict(State.NOT_NEEDED, finding.seen(), null, null)
                              : new Verdict(State.STANDS, finding.seen(), at, null));
                  case Delegation.Refused(var error) ->
                      switch (error.code()) {
                        case "Dns.Loop", "Dns.LongChain" ->
                            now(
                                new Verdict(
                                    State.LOOP,
                                    finding.seen(),
                                    null,
                                    "%s; set CNAME %s -> %s in its place"
                                        .formatted(error.message(), name, target)));
                        default ->
                            finding.status() == Finding.Status.ABSENT
                                ? absent(
                                    name, target, finding, missing(finding, name, error), deadline)
                                // A CNAME that leads elsewhere, even to a name that nobody answers
                                // for.
                                : elsewhere(name, target, finding, deadline);
                      };
                });
  }

  private Uni<Verdict> elsewhere(String name, String target, Finding finding, Instant deadline) {
    String value = first(finding).orElse("");
    return wildcard(name, "CNAME", value, deadline)
        .map(
            wildcard ->
                wildcard.isEmpty()
                    ? new Verdict(
                        State.ELSEWHERE,
                        finding.seen(),
                        null,
                        "change CNAME %s to %s; it points to %s, which another service may renew through, as EdgeOne does"
                            .formatted(name, target, value))
                    : overWildcard(name, target, wildcard.get(), "CNAME", finding));
  }

  /** Below a zone cut, the refusal names the servers that need the CNAME. */
  private @Nullable String missing(Finding finding, String name, VendorError refused) {
    return zones.covering(name).isPresent() ? refused.message() : finding.missing();
  }

  private Uni<Verdict> absent(
      String name, String target, Finding finding, @Nullable String missing, Instant deadline) {
    return look.record(name, "TXT", NO_VALUE, deadline)
        .flatMap(
            texts ->
                first(texts)
                    .filter(value -> texts.status() == Finding.Status.DIFFERENT)
                    .map(value -> shadowed(name, target, value, texts, deadline))
                    .orElseGet(
                        () -> now(new Verdict(State.MISSING, finding.seen(), null, missing))));
  }

  private Uni<Verdict> shadowed(
      String name, String target, String value, Finding texts, Instant deadline) {
    return wildcard(name, "TXT", value, deadline)
        .map(
            wildcard ->
                wildcard.isEmpty()
                    ? new Verdict(
                        State.SHADOWED,
                        texts.seen(),
                        null,
                        "remove the TXT records at %1$s, beside which there can be no CNAME, and set CNAME %1$s -> %2$s"
                            .formatted(name, target))
                    : overWildcard(name, target, wildcard.get(), "TXT", texts));
  }

  /** A record at the name itself goes before a wildcard (RFC 4592, section 2.2.1). */
  private static Verdict overWildcard(
      String name, String target, String wildcard, String type, Finding finding) {
    return new Verdict(
        State.WILDCARD,
        finding.seen(),
        null,
        "set CNAME %s -> %s: it goes before the %s record of %s, which answers now"
            .formatted(name, target, type, wildcard));
  }

  /** The wildcard above a name that has that value. */
  private Uni<Optional<String>> wildcard(String name, String type, String value, Instant deadline) {
    return wildcard(wildcards(name), type, value, deadline);
  }

  private Uni<Optional<String>> wildcard(
      List<String> left, String type, String value, Instant deadline) {
    return left.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : look.record(left.getFirst(), type, value, deadline)
            .flatMap(
                finding ->
                    finding.status() == Finding.Status.PRESENT
                        ? Uni.createFrom().item(Optional.of(left.getFirst()))
                        : wildcard(left.subList(1, left.size()), type, value, deadline));
  }

  private static List<String> wildcards(String name) {
    String top = PublicSuffixes.registrable(name);
    List<String> wildcards = new ArrayList<>();
    String above = name;
    while (!above.equals(top) && above.indexOf('.') > 0) {
      above = above.substring(above.indexOf('.') + 1);
      wildcards.add("*." + above);
    }
    return wildcards;
  }

  private static Optional<String> first(Finding finding) {
    return finding.seen().stream().flatMap(seen -> seen.values().stream()).findFirst();
  }

  private static Uni<Verdict> now(Verdict verdict) {
    return Uni.createFrom().item(verdict);
  }
}
