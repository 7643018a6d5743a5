package dev.polycert.function.hint;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an event says of the DNS. A hint: it may come twice, late, or never. */
public sealed interface DnsHint {

  /**
   * Records of these names were written.
   *
   * @param names lower case, without the trailing dot
   */
  record Names(Set<String> names) implements DnsHint {
    public Names {
      names = Set.copyOf(names);
    }
  }

  /** Something was written, and the event does not tell under which name. */
  record Somewhere() implements DnsHint {}

  /** Nothing that could complete a validation. */
  record Nothing(String why) implements DnsHint {}

  /** The names of records as a service writes them; empty ones are not known. */
  static DnsHint ofNames(Collection<String> written) {
    Set<String> names = new TreeSet<>();
    written.stream().map(RecordName::normal).filter(name -> !name.isEmpty()).forEach(names::add);
    return names.isEmpty() ? new Somewhere() : new Names(names);
  }

  /** A record by its zone and its name within it, where {@code @} or nothing is the zone itself. */
  static DnsHint ofZone(String zone, String record) {
    boolean apex = record.isEmpty() || record.equals("@");
    String name = apex ? zone : record + "." + zone;
    return zone.isEmpty() ? new Somewhere() : ofNames(List.of(name));
  }
}
