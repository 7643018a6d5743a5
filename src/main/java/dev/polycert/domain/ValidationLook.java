package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Looks for published validations as a CA would. Never fails: errors are in the finding. */
public interface ValidationLook {

  /**
   * Looks for a DNS record at the authoritative servers of its zone.
   *
   * @param name full name, A-labels, without the trailing dot
   * @param type {@code TXT} or {@code CNAME}
   * @param value the value that it must have; one of several TXT records is enough
   */
  Uni<Finding> record(String name, String type, String value, Instant deadline);

  /**
   * Looks for a file over HTTP.
   *
   * @param url {@code http://} or {@code https://}
   * @param content the content that it must have; white space after it does not count
   */
  Uni<Finding> file(String url, String content, Instant deadline);

  /**
   * Whether the zone's own servers are asked. Resolvers may cache for hours that there is no record
   * (RFC 2308, section 5), so a record that they do not show may be published all the same.
   */
  default boolean asksAuthorities() {
    return true;
  }

  /**
   * Looks for what keeps a CA from issuing for a name, whatever is published: signatures (DNSSEC)
   * that do not hold, and CAA records (RFC 8659).
   *
   * @return empty where nothing was found
   */
  default Uni<Optional<Obstacle>> obstacle(DomainName name, Issuer issuer, Instant deadline) {
    return Uni.createFrom().item(Optional.empty());
  }
}
