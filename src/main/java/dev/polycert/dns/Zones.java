package dev.polycert.dns;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds who can write a validation's record, and under which name. All of it throws {@code
 * IllegalArgumentException} when the configuration of the zones is wrong.
 */
public interface Zones {

  /** Whether there is any zone to write. Without one there is nothing to ask the DNS for. */
  boolean any();

  /**
   * Finds who can write a name itself, without asking anybody. Where this is empty, the name may
   * still be delegated by a CNAME into a zone that can be written: {@link #resolve} tells.
   */
  Optional<Place> covering(String recordName);

  /**
   * Finds who can write a record. A TXT record is written where the CNAMEs at its name lead, which
   * is where a CA looks for it (RFC 8555, section 8.4 and RFC 1034, section 3.6.2); a CNAME record
   * is written at its own name.
   */
  Uni<Delegation> resolve(DnsRecord wanted, Instant deadline);

  /** The writer of that id, usable or not; empty when there is none by now. */
  Optional<DnsWriter> writer(String id);

  /** How long a writer's servers may take to answer with a new record; empty without the writer. */
  Optional<Duration> propagation(String id);
}
