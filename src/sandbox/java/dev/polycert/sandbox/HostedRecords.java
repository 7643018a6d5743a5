package dev.polycert.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The records of one DNS vendor's zones, each with an id; the sandbox's DNS serves them. */
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

    /** Whether it has that zone, host and type. */
    public boolean isAt(String otherZone, String otherHost, String otherType) {
      return zone.equalsIgnoreCase(otherZone)
          && host.equalsIgnoreCase(otherHost)
          && type.equalsIgnoreCase(otherType);
    }
  }

  /** Whether the account has a zone of that name. */
  public boolean hosts(String zone) {
    return world.canHost(zone.toLowerCase(Locale.ROOT));
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
