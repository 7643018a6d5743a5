package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.List;

/**
 * How far a person can delegate the DNS validations of a provider, once, by CNAMEs into a zone that
 * Polycert writes.
 *
 * @param labels what stands before a name in the names of its TXT records; none where no CNAME can
 *     be set before the vendor is asked
 * @param note for people: why there is none, or what to know of them
 */
public record Delegability(List<String> labels, String note) {

  public Delegability {
    labels = List.copyOf(labels);
  }

  /** The validations cannot be delegated. */
  public static Delegability none(String why) {
    return new Delegability(List.of(), why);
  }

  /** The names of the records that validate a name. */
  public List<String> recordNames(DomainName name) {
    return labels.stream().map(label -> label + "." + name.base()).toList();
  }

  /** Whether a record is named as those of this provider are. */
  public boolean covers(String recordName) {
    return labels.stream().anyMatch(label -> recordName.startsWith(label + "."));
  }
}
