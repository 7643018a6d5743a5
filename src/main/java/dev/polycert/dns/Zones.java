package dev.polycert.dns;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the writer of a validation's record, and the name to write it at. Every method throws
 * {@code IllegalArgumentException} when the configuration of the zones is wrong.
 */
public interface Zones {

  /** Whether any zone can be written. Without one there is no reason to ask the DNS. */
  boolean any();

  /**
   * Finds the place of a name by the configuration alone. Where this is empty, the name may still
   * be delegated by a CNAME into a zone that can be written: see {@link #resolve}.
   */
  Optional<Place> covering(String recordName);

  /**
   * Finds the place of a record. A TXT record is written at the end of the CNAMEs that start at its
   * name, where a CA looks for it (RFC 8555, section 8.4 and RFC 1034, section 3.6.2); a CNAME
   * record is written at its own name.
   */
  Uni<Delegation> resolve(DnsRecord wanted, Instant deadline);

  /** The zone for delegations; empty where none is configured, or no writer can write it now. */
  default Optional<DelegationZone> delegationZone() {
    return Optional.empty();
  }

  /** Why {@link #delegationZone} is empty, and what would change that. */
  default String delegationObstacle() {
    return "set polycert.dns.delegation-zone to a zone that a DNS writer can write";
  }

  /** What each configured zone lacks that cannot be written yet, a sentence each. */
  default List<String> lacks() {
    return List.of();
  }

  /** What the configured zone of a record's name lacks; empty where that is not the obstacle. */
  default Optional<String> lacks(String recordName) {
    return Optional.empty();
  }

  /** What is wrong with the settings of the writers, by their names. */
  default List<String> wrongSettings() {
    return List.of();
  }

  /** The writer of that id, usable or not; empty when this version has none of that id. */
  Optional<DnsWriter> writer(String id);

  /** How long a writer's servers may take to serve a new record; empty without the writer. */
  Optional<Duration> propagation(String id);
}
