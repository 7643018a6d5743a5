package dev.polycert.look;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.polycert.domain.Finding;
import dev.polycert.domain.PublicSuffixes;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Finds the zone of a name and the servers of that zone. Blocks; for virtual threads only. */
@ApplicationScoped
class ZoneFinder {
  /** More than any real zone has; bounds the questions that one name can cause. */
  private static final int MOST_SERVERS = 16;

  private final DnsConfig config;
  private final RecursiveResolver resolver;
  private final PublicAddresses addresses;

  /** Many domains share few zones, and their servers rarely move. */
  private final Cache<Name, Zone> zones =
      CacheBuilder.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofMinutes(1)).build();

  ZoneFinder(DnsConfig config, RecursiveResolver resolver, PublicAddresses addresses) {
    this.config = config;
    this.resolver = resolver;
    this.addresses = addresses;
  }

  /** Finds the zone of a name. */
  Zone.Search find(Name name, Instant deadline) {
    return config
        .servers()
        .<Zone.Search>map(servers -> new Zone.Search.Found(configured(name, servers)))
        .orElseGet(() -> walkUp(name, deadline));
  }

  private static Zone configured(Name name, List<String> servers) {
    Name registrable = Names.parse(PublicSuffixes.registrable(Names.text(name))).orElseThrow();
    List<Zone.Server> asked =
        ServerAddresses.parse(servers).stream()
            .map(
                address ->
                    new Zone.Server(address.getHostString() + ":" + address.getPort(), address))
            .toList();
    return new Zone(registrable, false, asked, List.of());
  }

  /** The zone of a name whose server names this zone for it. */
  Zone.Search below(Name child, Instant deadline) {
    return withServers(child, deadline);
  }

  private Zone.Search walkUp(Name name, Instant deadline) {
    Zone.Search apex = apex(name, deadline);
    return apex instanceof Zone.Search.Found(Zone zone) ? withServers(zone.name(), deadline) : apex;
  }

  /**
   * Finds the name of a name's zone, and not its servers.
   *
   * <p>Asks for the SOA of the name, its parent and so on: the first one that exists is the zone's.
   * An error about one name says nothing about its parent: some servers answer none but NOERROR for
   * names that do not exist yet.
   */
  Zone.Search apex(Name name, Instant deadline) {
    String error = null;
    for (Name at = name; at.labels() > 1; at = new Name(at, 1)) {
      switch (resolver.ask(at, Type.SOA, deadline)) {
        case DnsReply.Failure failure -> {
          error = error == null ? failure.why() : error;
          if (!failure.spoke()) {
            return notFound(error, name);
          }
        }
        case DnsReply.Answer(Message message) -> {
          Optional<Name> zone = zone(message, at);
          if (zone.isPresent()) {
            return new Zone.Search.Found(Zone.named(zone.get()));
          }
        }
      }
    }
    return error == null
        ? new Zone.Search.NotFound("knows no zone that holds " + Names.text(name))
        : notFound(error, name);
  }

  private static Zone.Search notFound(String why, Name name) {
    return new Zone.Search.NotFound(why + " when asked for the zone of " + Names.text(name));
  }

  /**
   * A negative answer names the zone as well (RFC 2308, section 3). The answer for an alias names
   * the zone of its target (section 2.1), which may be an ancestor of the name's own: the parent of
   * the alias shows that one. A server that is no resolver names the zone that it delegates the
   * name to (RFC 1034, section 4.3.1).
   */
  private static Optional<Name> zone(Message message, Name asked) {
    boolean alias =
        message.getSection(Section.ANSWER).stream()
            .anyMatch(it -> it instanceof CNAMERecord && it.getName().equals(asked));
    if (alias) {
      return Optional.empty();
    }
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .filter(record -> record instanceof SOARecord || record instanceof NSRecord)
        .map(Record::getName)
        .filter(owner -> asked.subdomain(owner) && owner.labels() > 1)
        .findFirst();
  }

  private Zone.Search withServers(Name name, Instant deadline) {
    Zone cached = zones.getIfPresent(name);
    if (cached != null) {
      return new Zone.Search.Found(cached);
    }
    return switch (resolver.ask(name, Type.NS, deadline)) {
      case DnsReply.Failure failure ->
          new Zone.Search.NotFound(
              failure.why() + " when asked for the servers of " + Names.text(name));
      case DnsReply.Answer(Message message) -> {
        Zone zone = zone(name, message, deadline);
        if (!zone.servers().isEmpty()) {
          zones.put(name, zone);
        }
        yield new Zone.Search.Found(zone);
      }
    };
  }

  /** The names of a zone's servers; empty where the resolver does not answer. */
  Optional<List<String>> nameServers(Name zone, Instant deadline) {
    return resolver.ask(zone, Type.NS, deadline) instanceof DnsReply.Answer(Message message)
        ? Optional.of(servers(message, zone).map(Names::text).toList())
        : Optional.empty();
  }

  /** A server that is no resolver has them as its authority for the delegation. */
  private static Stream<Name> servers(Message message, Name zone) {
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .filter(record -> record instanceof NSRecord && record.getName().equals(zone))
        .map(ns -> ((NSRecord) ns).getTarget())
        .distinct();
  }

  private Zone zone(Name name, Message message, Instant deadline) {
    record Host(Name name, List<InetAddress> addresses) {}
    List<Host> hosts =
        servers(message, name)
            .limit(MOST_SERVERS)
            .gather(
                Gatherers.mapConcurrent(
                    MOST_SERVERS, host -> new Host(host, resolver.allAddresses(host, deadline))))
            .toList();
    List<Zone.Server> servers = new ArrayList<>();
    List<Finding.Seen> unusable = new ArrayList<>();
    for (Host host : hosts) {
      if (host.addresses.isEmpty()) {
        unusable.add(new Finding.Seen(Names.text(host.name), List.of(), "has no address"));
      }
      List<InetAddress> four =
          host.addresses.stream().filter(Inet4Address.class::isInstance).toList();
      InetSocketAddress other =
          host.addresses.stream()
              .filter(address -> address instanceof Inet6Address && addresses.allows(address))
              .findFirst()
              .map(address -> new InetSocketAddress(address, config.port()))
              .orElse(null);
      for (InetAddress address : four.isEmpty() ? host.addresses : four) {
        String label = Names.text(host.name) + " (" + address.getHostAddress() + ")";
        if (addresses.allows(address)) {
          InetSocketAddress at = new InetSocketAddress(address, config.port());
          servers.add(new Zone.Server(label, at, four.isEmpty() ? null : other));
        } else {
          unusable.add(new Finding.Seen(label, List.of(), "has an address that no CA can reach"));
        }
      }
    }
    return new Zone(name, true, servers.stream().limit(MOST_SERVERS).toList(), unusable);
  }
}
