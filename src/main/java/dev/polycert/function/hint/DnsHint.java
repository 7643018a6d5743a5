package dev.polycert.function.hint;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A hint that the DNS has changed; it may come twice, late, or never. */
public sealed interface DnsHint {

  /**
   * Records of these names were written.
   *
   * @param names as A-labels in lower case, without the trailing dot
   */
  record Names(Set<String> names) implements DnsHint {
    public Names {
      names = Set.copyOf(names);
    }
  }

  /** Records were written, but the event does not name them. */
  record Somewhere() implements DnsHint {}

  /** Nothing was written that could complete a validation. */
  record Nothing(String why) implements DnsHint {}

  /** A hint from names as a service writes them; empty ones are ignored. */
  static DnsHint ofNames(Collection<String> written) {
    Set<String> names = new TreeSet<>();
    written.stream().map(RecordName::normal).filter(name -> !name.isEmpty()).forEach(names::add);
    return names.isEmpty() ? new Somewhere() : new Names(names);
  }

  /** Whether a text can be the name of a record. */
  static boolean isName(String written) {
    return RecordName.isName(RecordName.normal(written));
  }

  /** A hint from a zone and a name in it; {@code @} or an empty name is the zone itself. */
  static DnsHint ofZone(String zone, String record) {
    boolean apex = record.isEmpty() || record.equals("@");
    String name = apex ? zone : record + "." + zone;
    return zone.isEmpty() ? new Somewhere() : ofNames(List.of(name));
  }
}
