package dev.polycert.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The records of one DNS vendor's zones, each with an id, which the sandbox's DNS serves. */
public final class HostedRecords {
  private final World world;
  private final List<Entry> entries = new ArrayList<>();

  public HostedRecords(World world) {
    this.world = world;
    world.onReset(entries::clear);
  }

  /**
   * One record.
   *
   * @param host the name below the zone; {@code @} for the zone itself
   */
  public record Entry(long id, String zone, String host, String type, String value, int ttl) {

    String name() {
      return host.equals("@") ? zone : host + "." + zone;
    }

    /** Whether it stands at that host with that type. */
    public boolean isAt(String otherZone, String otherHost, String otherType) {
      return zone.equalsIgnoreCase(otherZone)
          && host.equalsIgnoreCase(otherHost)
          && type.equalsIgnoreCase(otherType);
    }
  }

  /** Whether the account has a zone of that name. */
  public boolean hosts(String zone) {
    String name = zone.toLowerCase(Locale.ROOT);
    return DomainNames.valid(name)
        && world.registrableDomain(name).equals(name)
        && world.owns(name);
  }

  /** The records in the order of their creation. */
  public List<Entry> all() {
    return List.copyOf(entries);
  }

  public Optional<Entry> find(long id) {
    return entries.stream().filter(entry -> entry.id() == id).findFirst();
  }

  /** Adds a record, which the DNS serves at once. */
  public Entry add(String zone, String host, String type, String value, int ttl) {
    long id = Long.parseLong("1" + world.random(9, "0123456789"));
    Entry entry = new Entry(id, zone.toLowerCase(Locale.ROOT), host, type, value, ttl);
    entries.add(entry);
    world.addDns(entry.name(), type, value);
    return entry;
  }

  /** Removes a record, also from the DNS. */
  public void remove(Entry entry) {
    entries.remove(entry);
    world.removeDns(entry.name(), entry.type(), entry.value());
  }
}
