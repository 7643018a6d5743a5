package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.DomainName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that fetches one certificate, or those below a name, with their private keys, and nothing
 * else.
 *
 * @param domain whose certificate it gets
 * @param below whether it gets those of all names below the domain as well
 * @param note a person's name for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PullKey(
    String id,
    String hash,
    DomainName domain,
    boolean below,
    @Nullable String note,
    Instant createdAt)
    implements KeyRecord {

  /** Whether it gets the certificate of an order for that domain. */
  public boolean opens(DomainName wanted) {
    return below ? wanted.isUnder(domain.base()) : wanted.equals(domain);
  }

  @Override
  public PullKey asRevoked() {
    return new PullKey(id, "", domain, below, note, createdAt);
  }

  /** Leaves out the hash. */
  @Override
  public String toString() {
    return "PullKey[" + id + ", " + domain + "]";
  }
}
