package dev.polycert.dns;

import dev.polycert.provider.VendorError;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** The zones that can be written, and by which writer. */
public interface Zones {

  /** Whether there is any. */
  boolean any();

  /** The writer of the zone that a name is in, found without asking anybody. */
  Optional<DnsWriter> covering(String name);

  /**
   * Finds where a record has to be written: for a TXT record behind a CNAME (RFC 8555, section 8.4,
   * lets a CA follow it) that is the end of the chain.
   */
  Uni<Place> place(DnsRecord wanted, Instant deadline);

  /** The writer of that id; asking for one that is not there is a bug. */
  DnsWriter writer(String id);

  /** Where a record has to be written. */
  sealed interface Place {

    /** There is a writer for it. */
    record At(DnsWriter writer, String zone, DnsRecord record) implements Place {}

    /** There is none, or the chain of CNAME leads nowhere; the message says why. */
    record Nowhere(VendorError error) implements Place {}
  }
}
