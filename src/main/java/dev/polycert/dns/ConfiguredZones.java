package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Aliases;
import dev.polycert.domain.Aliases.Alias;
import dev.polycert.domain.DnsNames;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The zones of the configuration. */
@ApplicationScoped
class ConfiguredZones implements Zones {
  private static final Logger LOG = Logger.getLogger(ConfiguredZones.class);

  /** The number of CNAMEs that resolvers of CAs follow. */
  private static final int LONGEST_CHAIN = 8;

  private final ZoneTable table;
  private final Aliases aliases;
  private final Optional<String> delegationZone;

  ConfiguredZones(ZoneTable table, Aliases aliases, DelegationConfig config) {
    this.table = table;
    this.aliases = aliases;
    this.delegationZone = config.delegationZone().map(DnsNames::canonical);
  }

  /** Rejects wrong zones, and reports those that lack a key, before a request needs them. */
  void start(@Observes StartupEvent event) {
    delegationZone
        .filter(name -> !DnsNames.isName(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "polycert.dns.delegation-zone: '%s' is no domain name".formatted(name));
            });
    if (table.isConfigured() || delegationZone.isPresent()) {
      table.lacks().forEach(LOG::warn);
      if (delegationZone.isPresent() && delegationZone().isEmpty()) {
        LOG.warn(delegationObstacle());
      }
    }
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
        : done(end(wanted, List.of(name), null));
  }

  @Override
  public Optional<DelegationZone> delegationZone() {
    return delegationZone.flatMap(
        name -> table.covering(name).map(place -> new DelegationZone(name, place)));
  }

  @Override
  public String delegationObstacle() {
    return delegationZone
        .map(
            name ->
                "polycert.dns.delegation-zone is %s: %s"
                    .formatted(
                        name, table.lacks(name).orElse("give this zone to a DNS writer first")))
        .orElseGet(Zones.super::delegationObstacle);
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
                  case Alias.None(String zone) -> done(end(wanted, chain, zone));
                  case Alias.Unclear(String why) ->
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
   * in a cache.
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
                      case Alias.Unclear unclear -> atService(place.get(), name, deadline);
                    })
        : atService(place.get(), name, deadline);
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
    if (!above.equals(zone) && !above.endsWith("." + zone)) {
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

  private Delegation end(DnsRecord wanted, List<String> chain, @Nullable String served) {
    String name = chain.getLast();
    return table
        .covering(name, served)
        .<Delegation>map(
            place ->
                new Delegation.Writable(place, new DnsRecord(name, wanted.type(), wanted.value())))
        .orElseGet(() -> unwritable(wanted, chain, served));
  }

  private Delegation unwritable(DnsRecord wanted, List<String> chain, @Nullable String served) {
    String name = chain.getLast();
    String why =
        name
            + " is in no zone of a DNS writer: "
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
