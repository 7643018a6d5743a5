package dev.polycert.order.step;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DelegationZone;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.Zones;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OwnRecords;
import dev.polycert.order.Report;
import dev.polycert.provider.Offer;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows which validations only a CNAME lets us publish, because no writer has the zone of their
 * records, and whether that CNAME is there.
 */
@ApplicationScoped
public class Delegations {
  /** A name leads to the same place for each value. */
  private static final String ANY_VALUE = "";

  private final Zones zones;
  private final OrderConfig config;
  private final Clock clock;

  Delegations(Zones zones, OrderConfig config, Clock clock) {
    this.zones = zones;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Makes Polycert the publisher of the order's validation if its name is delegated to Polycert.
   */
  public Uni<Order> prefer(Order order, Offer offer, Instant deadline) {
    boolean ours =
        order.own().selfPublished()
            || order.terms().validation() != ValidationMethod.DNS_AUTO
            || zones.delegationZone().isEmpty();
    return ours
        ? Uni.createFrom().item(order)
        : Each.inTurn(
                offer.delegability().recordNames(order.domain()), name -> refusal(name, deadline))
            .map(
                refused ->
                    refused.stream().anyMatch(Optional::isEmpty)
                        ? order.with(OwnRecords.none(true))
                        : order);
  }

  /**
   * Says which validations cannot be published, and how they could be.
   *
   * @param names all names of one certificate
   * @param looks whether there is time to look at the DNS; without a look the advice is
   *     conditional, and there is none on names that a writer covers
   * @return empty where all can be published
   */
  public Uni<List<String>> advice(
      Offer offer, Collection<DomainName> names, boolean looks, Instant deadline) {
    List<String> covered =
        looks
            ? records(offer, names.stream().filter(name -> zones.covering(name.base()).isPresent()))
            : List.of();
    return Each.inTurn(
            covered, name -> refusal(name, deadline).map(no -> no.map(error -> led(name, error))))
        .flatMap(
            astray ->
                uncovered(offer, names, looks, deadline)
                    .map(
                        advice ->
                            Stream.concat(astray.stream(), Stream.of(advice))
                                .flatMap(Optional::stream)
                                .toList()));
  }

  private static List<String> records(Offer offer, Stream<DomainName> names) {
    return names
        .flatMap(name -> offer.delegability().recordNames(name).stream())
        .distinct()
        .toList();
  }

  /** A writer has the zone of the name, but the DNS leads to another one. */
  private static String led(String name, VendorError error) {
    return "%s the validation of %s: %s"
        .formatted(
            error.errorClass().retryable()
                ? "it is not known yet whether Polycert can publish"
                : "Polycert cannot publish",
            name,
            error.message());
  }

  private Uni<Optional<String>> uncovered(
      Offer offer, Collection<DomainName> names, boolean looks, Instant deadline) {
    List<DomainName> without =
        names.stream().filter(name -> zones.covering(name.base()).isEmpty()).toList();
    List<String> records = records(offer, without.stream());
    if (without.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    if (records.isEmpty()) {
      return Uni.createFrom()
          .item(
              Optional.of(
                  cannotPublish(bases(without))
                      + otherWays(bases(without))
                      + "; no CNAME can delegate it: "
                      + offer.delegability().note()));
    }
    return looks
        ? Each.inTurn(
                records, name -> refusal(name, deadline).map(no -> no.map(e -> Map.entry(name, e))))
            .map(found -> undelegated(found.stream().flatMap(Optional::stream).toList()))
        : Uni.createFrom().item(Optional.of("unless CNAMEs delegate them, " + missing(records)));
  }

  /** A look that failed says nothing about the CNAME. */
  private Optional<String> undelegated(List<Map.Entry<String, VendorError>> refused) {
    List<String> gone =
        refused.stream()
            .filter(it -> !it.getValue().errorClass().retryable())
            .map(Map.Entry::getKey)
            .toList();
    return !gone.isEmpty()
        ? Optional.of(missing(gone) + unfit(refused))
        : refused.stream()
            .findFirst()
            .map(
                unseen ->
                    "unless CNAMEs delegate them (%s), %s"
                        .formatted(
                            unseen.getValue().message(),
                            missing(refused.stream().map(Map.Entry::getKey).toList())));
  }

  /** A CNAME leads into a zone of ours, but to a name that its writer does not write. */
  private static String unfit(List<Map.Entry<String, VendorError>> refused) {
    return refused.stream()
        .map(Map.Entry::getValue)
        .filter(error -> error.code().equals(DnsWriter.OTHER_NAME))
        .map(error -> "; its CNAME does not help: " + error.message())
        .findFirst()
        .orElse("");
  }

  private static List<String> bases(List<DomainName> names) {
    return names.stream().map(DomainName::base).distinct().toList();
  }

  private String missing(List<String> records) {
    return cannotPublish(records)
        + (lacks(records).isEmpty() ? delegation(records) : "")
        + otherWays(records);
  }

  private String delegation(List<String> records) {
    return zones
        .delegationZone()
        .map(zone -> "; delegate it once (POST /delegations): " + cnames(zone, records) + ", or")
        .orElse("; delegate it by a CNAME: " + zones.delegationObstacle() + ", or");
  }

  /** What the zones lack, if all that keeps the names from being published is a key. */
  private List<String> lacks(List<String> names) {
    List<Optional<String>> lacks = names.stream().map(zones::lacks).toList();
    return lacks.contains(Optional.<String>empty())
        ? List.of()
        : lacks.stream().flatMap(Optional::stream).distinct().toList();
  }

  private String cannotPublish(List<String> names) {
    return "Polycert cannot publish the validation of %s%s:%s"
        .formatted(
            names.stream().limit(5).collect(Collectors.joining(", ")),
            names.size() > 5 ? " and %d more".formatted(names.size() - 5) : "",
            lacks(names).isEmpty() ? " no DNS writer has the zone" : "");
  }

  private static String cnames(DelegationZone zone, List<String> records) {
    return records.stream()
        .limit(5)
        .map(name -> "CNAME " + name + " -> " + zone.target(name))
        .collect(Collectors.joining(", "));
  }

  private String otherWays(List<String> names) {
    List<String> lacks = lacks(names);
    return (lacks.isEmpty()
            ? " name the zone in polycert.dns-writer.\"…\".zones"
            : " " + String.join(" and ", lacks))
        + ", or publish by hand";
  }

  /** Why records of a name cannot be published; empty where they can. */
  private Uni<Optional<VendorError>> refusal(String name, Instant deadline) {
    Instant patience = clock.instant().plus(config.look());
    return zones
        .resolve(
            new DnsRecord(name, "TXT", ANY_VALUE),
            patience.isBefore(deadline) ? patience : deadline)
        .map(
            delegation ->
                delegation instanceof Delegation.Refused(VendorError error)
                    ? Optional.of(error)
                    : Optional.empty());
  }

  // --- before a renewal ---

  /**
   * Looks whether the CNAMEs that the last validation was published through are there still, and
   * records what is missing. A name that cannot be looked at now is left for the next look.
   */
  Uni<Order> look(Step step) {
    return Each.inTurn(
            CertificateTimes.delegated(step.order(), step.provider().offer().delegability()),
            name -> refusal(name, step.deadline()))
        .map(
            refused ->
                refused.stream()
                    .flatMap(Optional::stream)
                    .filter(error -> !error.errorClass().retryable())
                    .map(VendorError::message)
                    .collect(Collectors.joining("; ")))
        .flatMap(
            wrong ->
                new Lifetime(step).delegations(wrong.isEmpty() ? null : lost(wrong, step.order())));
  }

  private static VendorError lost(String wrong, Order order) {
    return new VendorError(
        ErrorClass.NEEDS_USER,
        Report.DELEGATION_MISSING,
        "the renewal of %s would fail: a CNAME that its validation needs is gone: %s"
            .formatted(order.domain().ascii(), wrong));
  }

  /** Whether an error is that of a delegation. */
  static boolean isMissing(@Nullable VendorError error) {
    return error != null && error.code().equals(Report.DELEGATION_MISSING);
  }
}
