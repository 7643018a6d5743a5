package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Aliases;
import dev.polycert.domain.Aliases.Alias;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.NameServers;
import dev.polycert.startup.StartupCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The zones of the configuration. */
@ApplicationScoped
class ConfiguredZones implements Zones, StartupCheck {
  private static final Logger LOG = Logger.getLogger(ConfiguredZones.class);

  /** The number of CNAMEs that resolvers of CAs follow. */
  private static final int LONGEST_CHAIN = 8;

  private final ZoneTable table;
  private final Aliases aliases;
  private final NameServers nameServers;
  private final Optional<String> delegationZone;

  ConfiguredZones(
      ZoneTable table, Aliases aliases, NameServers nameServers, DelegationConfig config) {
    this.table = table;
    this.aliases = aliases;
    this.nameServers = nameServers;
    this.delegationZone = config.delegationZone().map(DnsNames::canonical);
  }

  /** Reports zones that lack a key, too, before a request needs them. */
  @Override
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    delegationZone
        .filter(name -> !DnsNames.isName(name))
        .ifPresent(
            name ->
                wrong.add("polycert.dns.delegation-zone: '%s' is no domain name".formatted(name)));
    if (table.isConfigured()) {
      wrong.addAll(table.wrong());
    }
    if (wrong.isEmpty() && (table.isConfigured() || delegationZone.isPresent())) {
      table.lacks().forEach(LOG::warn);
      if (delegationZone.isPresent() && delegationZone().isEmpty()) {
        LOG.warn(delegationObstacle());
      }
    }
    return wrong;
  }

  @Override
  public boolean any() {
    return !table.isEmpty();
  }

  @Override
  public Optional<Place> covering(String recordName) {
    return table.covering(recordName);
  }

  @Override
  public Uni<Delegation> resolve(DnsRecord wanted, Instant deadline) {
    String name = DnsNames.canonical(wanted.name());
    return wanted.type().equals("TXT")
        ? follow(wanted, List.of(name), deadline)
        : covering(name)
            .map(place -> cut(place, name, deadline))
            .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
            .flatMap(cut -> end(wanted, List.of(name), cut.orElse(null), deadline));
  }

  @Override
  public Optional<DelegationZone> delegationZone() {
    return delegationZone
        .flatMap(name -> table.covering(name).map(place -> new DelegationZone(name, place)))
        .filter(zone -> otherName(zone).isEmpty());
  }

  /** Why the writer of the zone cannot write the targets in it; empty where it can. */
  private static Optional<VendorError> otherName(DelegationZone zone) {
    return zone.place().writer().otherName(zone.target(zone.name()));
  }

  @Override
  public String delegationObstacle() {
    return delegationZone
        .map(
            name ->
                "polycert.dns.delegation-zone is %s: %s".formatted(name, delegationObstacle(name)))
        .orElseGet(Zones.super::delegationObstacle);
  }

  private String delegationObstacle(String name) {
    return table
        .covering(name)
        .flatMap(place -> otherName(new DelegationZone(name, place)))
        .map(VendorError::message)
        .or(() -> table.lacks(name))
        .orElse("give this zone to a DNS writer first");
  }

  @Override
  public List<String> lacks() {
    return table.lacks();
  }

  @Override
  public Optional<String> lacks(String recordName) {
    return table.lacks(recordName);
  }

  @Override
  public List<String> wrongSettings() {
    return table.wrongSettings();
  }

  @Override
  public Optional<DnsWriter> writer(String id) {
    return table.find(id);
  }

  @Override
  public Optional<Duration> propagation(String id) {
    return table.propagation(id);
  }

  private Uni<Delegation> follow(DnsRecord wanted, List<String> chain, Instant deadline) {
    return alias(chain.getLast(), deadline)
        .flatMap(
            alias ->
                switch (alias) {
                  case Alias.None(String zone) -> end(wanted, chain, zone, deadline);
                  case Alias.Unclear(String why, _) ->
                      done(
                          refused(
                              ErrorClass.RETRY,
                              "Dns.Unreachable",
                              "no CNAME can be looked for at "
                                  + chain.getLast()
                                  + (chain.size() == 1
                                      ? ""
                                      : ", where the CNAMEs lead, " + text(chain))
                                  + ": "
                                  + why));
                  case Alias.Target(String target, _) -> next(wanted, chain, target, deadline);
                });
  }

  /**
   * Where a name points. For a name in a zone that Polycert writes, the service itself is asked if
   * the name servers cannot be reached from here, or if the question would leave a negative answer
   * in a cache. The service knows nothing of names below a zone cut (RFC 1034, section 4.2).
   */
  private Uni<Alias> alias(String name, Instant deadline) {
    Optional<Place> place = covering(name);
    if (place.isEmpty()) {
      return aliases.alias(name, deadline);
    }
    return aliases.asksAuthorities()
        ? aliases
            .alias(name, deadline)
            .flatMap(
                alias ->
                    switch (alias) {
                      case Alias.None none -> Uni.createFrom().item(none);
                      case Alias.Target target ->
                          withoutWildcard(target, parent(name), place.get().zone(), deadline);
                      case Alias.Unclear unclear ->
                          unclear.zone() != null && isBelow(unclear.zone(), place.get().zone())
                              ? Uni.createFrom().item(unclear)
                              : atService(place.get(), name, deadline);
                    })
        : cut(place.get(), name, deadline)
            .flatMap(
                cut ->
                    cut.map(zone -> belowCut(zone, name, deadline))
                        .orElseGet(() -> atService(place.get(), name, deadline)));
  }

  /**
   * The zone below the configured one that the DNS has the name in; empty where there is none. The
   * name itself is not asked for, as it may not be there yet.
   */
  private Uni<Optional<String>> cut(Place place, String name, Instant deadline) {
    return isBelow(parent(name), place.zone())
        ? aliases
            .zone(parent(name), deadline)
            .map(zone -> zone.filter(its -> isBelow(its, place.zone())))
        : Uni.createFrom().item(Optional.empty());
  }

  private Uni<Alias> belowCut(String zone, String name, Instant deadline) {
    return aliases
        .alias(name, deadline)
        .map(alias -> alias instanceof Alias.None ? new Alias.None(zone) : alias);
  }

  private static boolean isBelow(String name, String zone) {
    return name.endsWith("." + zone);
  }

  /**
   * A service that does not answer will not accept the record either, and that failure says why.
   */
  private static Uni<Alias> atService(Place place, String name, Instant deadline) {
    return place
        .writer()
        .alias(place.zone(), name, new CallContext(deadline, name))
        .map(
            answer ->
                answer instanceof Answer.Success<Optional<String>>(var found, _)
                        && found.isPresent()
                    ? new Alias.Target(DnsNames.canonical(found.get()), null)
                    : new Alias.None(null));
  }

  /**
   * A CNAME that comes from a wildcard is no delegation: a record at the name itself goes before it
   * (RFC 4592, section 2.2.1). Only where such a record can be written is there a choice.
   */
  private Uni<Alias> withoutWildcard(
      Alias.Target target, String above, String zone, Instant deadline) {
    if (!above.equals(zone) && !isBelow(above, zone)) {
      return Uni.createFrom().item(target);
    }
    return aliases
        .alias("*." + above, deadline)
        .flatMap(
            wildcard ->
                wildcard instanceof Alias.Target(String its, _) && its.equals(target.name())
                    ? Uni.createFrom().item(new Alias.None(target.zone()))
                    : withoutWildcard(target, parent(above), zone, deadline));
  }

  private static String parent(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private Uni<Delegation> next(
      DnsRecord wanted, List<String> chain, String target, Instant deadline) {
    List<String> longer = new ArrayList<>(chain);
    longer.add(target);
    if (chain.contains(target)) {
      return done(
          refused(ErrorClass.FINAL, "Dns.Loop", "the CNAMEs go in a circle: " + text(longer)));
    }
    if (chain.size() > LONGEST_CHAIN) {
      return done(
          refused(
              ErrorClass.FINAL,
              "Dns.LongChain",
              "more than " + LONGEST_CHAIN + " CNAMEs one after the other: " + text(longer)));
    }
    return follow(wanted, longer, deadline);
  }

  private Uni<Delegation> end(
      DnsRecord wanted, List<String> chain, @Nullable String served, Instant deadline) {
    String name = chain.getLast();
    return table
        .covering(name, served)
        .map(place -> done(at(place, wanted.at(name))))
        .orElseGet(
            () ->
                delegated(name, served, deadline)
                    .map(delegated -> unwritable(wanted, chain, served, delegated)));
  }

  private static Delegation at(Place place, DnsRecord record) {
    return place
        .writer()
        .otherName(record.name())
        .<Delegation>map(Delegation.Refused::new)
        .orElseGet(() -> new Delegation.Writable(place, record));
  }

  /** The servers of the zone that a configured one delegates the name to; else empty. */
  private Uni<String> delegated(String name, @Nullable String served, Instant deadline) {
    return served != null
            && covering(name).filter(place -> isBelow(served, place.zone())).isPresent()
        ? nameServers
            .of(served, deadline)
            .map(
                servers ->
                    servers
                        .filter(known -> !known.isEmpty())
                        .map(
                            known -> served + " is delegated to " + String.join(", ", known) + "; ")
                        .orElse(""))
        : Uni.createFrom().item("");
  }

  private Delegation unwritable(
      DnsRecord wanted, List<String> chain, @Nullable String served, String delegated) {
    String name = chain.getLast();
    String why =
        name
            + " is in no zone of a DNS writer: "
            + delegated
            + table.obstacle(name, served)
            + byDelegation(wanted);
    return chain.size() == 1
        ? refused(ErrorClass.FINAL, "Dns.NoWriter", why)
        : refused(
            ErrorClass.FINAL,
            "Dns.ForeignZone",
            "the CNAMEs " + text(chain) + " lead into a foreign zone: " + why);
  }

  /**
   * Names the CNAME that would help with a TXT record. It does not help if the vendor asks for a
   * CNAME at the name itself.
   */
  private String byDelegation(DnsRecord wanted) {
    return wanted.type().equals("TXT")
        ? delegationZone()
            .map(
                zone ->
                    ", or delegate it once: CNAME %s -> %s"
                        .formatted(wanted.name(), zone.target(wanted.name())))
            .orElse("")
        : "";
  }

  private static String text(List<String> chain) {
    return String.join(" -> ", chain);
  }

  private static Delegation refused(ErrorClass errorClass, String code, String message) {
    return new Delegation.Refused(new VendorError(errorClass, code, message));
  }

  private static Uni<Delegation> done(Delegation delegation) {
    return Uni.createFrom().item(delegation);
  }
}
