package dev.polycert.order.use;

import dev.polycert.dns.DelegationZone;
import dev.polycert.dns.Zones;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.NameServers;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderException;
import dev.polycert.provider.Delegability;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which CNAMEs delegate the validations of names to Polycert, and whether they are there: the
 * use case behind {@code delegations}. It changes nothing.
 */
@ApplicationScoped
public class Delegate {
  /** Each look asks all servers of a zone. */
  private static final int AT_ONCE = 20;

  private final Catalog catalog;
  private final Zones zones;
  private final DelegationDoctor doctor;
  private final NameServers nameServers;

  Delegate(Catalog catalog, Zones zones, DelegationDoctor doctor, NameServers nameServers) {
    this.catalog = catalog;
    this.zones = zones;
    this.doctor = doctor;
    this.nameServers = nameServers;
  }

  /** How a delegation is. */
  public enum State {
    /** The CNAME is there, at every server that answers, or another one that does as well. */
    STANDS,
    /** A DNS writer has the zone of the name itself. */
    NOT_NEEDED,
    /** Some servers have it, others do not yet. */
    PARTIAL,
    /** There is nothing at the name. */
    MISSING,
    /** There is a CNAME that leads to no zone of Polycert. */
    ELSEWHERE,
    /** The CNAMEs go in a circle, or there are too many of them. */
    LOOP,
    /** TXT records stand in its place. */
    SHADOWED,
    /** A wildcard answers for the name. */
    WILDCARD,
    /** No server could be asked in time. */
    UNREACHABLE
  }

  /**
   * What was found at a name.
   *
   * @param seen the answer of each server that was asked
   * @param leadsTo where it leads, if that is another name that Polycert can write
   * @param missing one sentence that says what to do; null where there is nothing to do
   */
  record Verdict(
      State state, List<Finding.Seen> seen, @Nullable String leadsTo, @Nullable String missing) {}

  /**
   * One CNAME, to be set once.
   *
   * @param name the name of the record that validates, which the CNAME is set at
   * @param target where the CNAME is to point
   * @param state whether it is there
   * @param leadsTo where it leads, if that is another name that Polycert can write
   * @param serves whose validations it serves
   * @param seen the answer of each server that was asked
   * @param missing one sentence that says what to do; null where there is nothing to do
   */
  public record Entry(
      String name,
      String target,
      State state,
      @Nullable String leadsTo,
      List<Pair> serves,
      List<Finding.Seen> seen,
      @Nullable String missing) {

    public Entry {
      serves = List.copyOf(serves);
      seen = List.copyOf(seen);
    }
  }

  /**
   * A domain at a provider.
   *
   * @param note what to know of it; empty where there is nothing
   */
  public record Pair(DomainName domain, String provider, String note) {}

  /**
   * All that was asked for: each domain and provider is in one of the two lists.
   *
   * @param zone the delegation zone
   * @param writer the id of the DNS writer that writes it
   * @param obstacle why no CA would see what is written there; null where nothing is known
   * @param delegations one for each name of a record
   * @param others what no CNAME delegates, each with the reason as its note
   */
  public record Result(
      String zone,
      String writer,
      @Nullable String obstacle,
      List<Entry> delegations,
      List<Pair> others) {

    public Result {
      delegations = List.copyOf(delegations);
      others = List.copyOf(others);
    }
  }

  /**
   * Looks at the delegations of domains at providers.
   *
   * @throws OrderException.Conflict when there is no zone that they could lead to
   */
  public Uni<Result> look(List<DomainName> domains, List<String> providers, Instant deadline) {
    DelegationZone zone =
        zones
            .delegationZone()
            .orElseThrow(
                () ->
                    new OrderException.Conflict(
                        "There is no zone for delegations: " + zones.delegationObstacle() + "."));
    Map<String, List<Pair>> serves = new LinkedHashMap<>();
    List<Pair> others = new ArrayList<>();
    for (DomainName domain : domains) {
      for (String provider : providers) {
        sort(domain, provider, serves, others);
      }
    }
    List<Uni<Entry>> looks =
        serves.entrySet().stream()
            .map(entry -> look(entry.getKey(), entry.getValue(), zone, deadline))
            .toList();
    Uni<List<Entry>> entries =
        looks.isEmpty()
            ? Uni.createFrom().item(List.of())
            : Uni.join().all(looks).usingConcurrencyOf(AT_ONCE).andFailFast();
    return Uni.combine()
        .all()
        .unis(obstacle(zone, deadline), entries)
        .asTuple()
        .map(
            both ->
                new Result(
                    zone.name(),
                    zone.place().writer().id(),
                    both.getItem1().isEmpty() ? null : both.getItem1(),
                    both.getItem2(),
                    others));
  }

  private void sort(
      DomainName domain, String provider, Map<String, List<Pair>> serves, List<Pair> others) {
    Delegability delegability = catalog.require(provider).offer().delegability();
    if (domain.isAddress()) {
      others.add(new Pair(domain, provider, "an IP address is validated by FILE alone"));
    } else if (delegability.labels().isEmpty()) {
      others.add(new Pair(domain, provider, delegability.note()));
    } else {
      Pair pair = new Pair(domain, provider, delegability.note());
      delegability
          .recordNames(domain)
          .forEach(name -> serves.computeIfAbsent(name, added -> new ArrayList<>()).add(pair));
    }
  }

  private Uni<Entry> look(String name, List<Pair> serves, DelegationZone zone, Instant deadline) {
    return doctor
        .look(name, zone, deadline)
        .map(
            found ->
                new Entry(
                    name,
                    zone.target(name),
                    found.state(),
                    found.leadsTo(),
                    serves,
                    found.seen(),
                    found.missing()));
  }

  /** Why CAs would not find the zone in the DNS; empty where nothing is known to be wrong. */
  private Uni<String> obstacle(DelegationZone zone, Instant deadline) {
    String written = zone.place().zone();
    return nameServers
        .of(written, deadline)
        .map(
            servers ->
                servers.filter(List::isEmpty).isPresent()
                    ? "the DNS delegates %s to no name server, so no CA sees the records there"
                        .formatted(written)
                    : "");
  }
}
