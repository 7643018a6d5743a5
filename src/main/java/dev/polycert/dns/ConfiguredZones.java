package dev.polycert.dns;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Aliases;
import dev.polycert.domain.Aliases.Alias;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The zones of the configuration. */
@ApplicationScoped
class ConfiguredZones implements Zones {
  /** The number of CNAMEs that resolvers of CAs follow. */
  private static final int LONGEST_CHAIN = 8;

  private final ZoneTable table;
  private final Aliases aliases;

  ConfiguredZones(ZoneTable table, Aliases aliases) {
    this.table = table;
    this.aliases = aliases;
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
    String name = wanted.name().toLowerCase(Locale.ROOT);
    return wanted.type().equals("TXT")
        ? follow(wanted, List.of(name), deadline)
        : done(end(wanted, List.of(name)));
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
                  case Alias.None none -> done(end(wanted, chain));
                  case Alias.Unclear(String why) ->
                      done(
                          refused(
                              ErrorClass.RETRY,
                              "Dns.Unreachable",
                              "no CNAME can be looked for at " + chain.getLast() + ": " + why));
                  case Alias.Target(String target) -> next(wanted, chain, target, deadline);
                });
  }

  /**
   * A CNAME that comes from a wildcard is no delegation: a record at the name itself goes before it
   * (RFC 4592, section 2.2.1). Only where such a record can be written is there a choice.
   */
  private Uni<Alias> alias(String name, Instant deadline) {
    Optional<Place> place = covering(name);
    return aliases
        .alias(name, deadline)
        .flatMap(
            alias ->
                alias instanceof Alias.Target target && place.isPresent()
                    ? withoutWildcard(target, parent(name), place.get().zone(), deadline)
                    : Uni.createFrom().item(alias));
  }

  private Uni<Alias> withoutWildcard(
      Alias.Target target, String above, String zone, Instant deadline) {
    if (!above.equals(zone) && !above.endsWith("." + zone)) {
      return Uni.createFrom().item(target);
    }
    return aliases
        .alias("*." + above, deadline)
        .flatMap(
            wildcard ->
                wildcard.equals(target)
                    ? Uni.createFrom().item(new Alias.None())
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

  private Delegation end(DnsRecord wanted, List<String> chain) {
    String name = chain.getLast();
    return covering(name)
        .<Delegation>map(
            place ->
                new Delegation.Writable(place, new DnsRecord(name, wanted.type(), wanted.value())))
        .orElseGet(() -> unwritable(name, chain));
  }

  private Delegation unwritable(String name, List<String> chain) {
    String why = name + " is in no zone that can be written: " + table.obstacle(name);
    return chain.size() == 1
        ? refused(ErrorClass.FINAL, "Dns.NoWriter", why)
        : refused(
            ErrorClass.FINAL,
            "Dns.ForeignZone",
            "the CNAMEs " + text(chain) + " lead into a foreign zone: " + why);
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
