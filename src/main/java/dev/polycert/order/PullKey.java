package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that fetches one certificate, or those below a name, with their private keys, and nothing
 * else.
 *
 * @param domain whose certificate it gets
 * @param below whether it gets those of all names below the domain as well
 * @param note a person's name for it
 * @param suffixes the domains that the caller was limited to that made it: see {@link Principal}
 * @param accounts the accounts that this caller was limited to
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PullKey(
    String id,
    // Empty once the key is revoked.
    @JsonInclude(JsonInclude.Include.ALWAYS) String hash,
    DomainName domain,
    boolean below,
    @Nullable String note,
    List<DomainName> suffixes,
    List<String> accounts,
    Instant createdAt)
    implements KeyRecord {

  public PullKey {
    suffixes = List.copyOf(suffixes);
    accounts = List.copyOf(accounts);
  }

  /** Whether it is for that domain. */
  public boolean opens(DomainName wanted) {
    return below ? wanted.isUnder(domain.base()) : wanted.equals(domain);
  }

  /** Whether it gets the certificate of an order, which the caller must own that made the key. */
  public boolean opens(Order order) {
    return opens(order.domain()) && new Principal(null, Set.of(), suffixes, accounts).owns(order);
  }

  /** Whether it gets nothing that a caller could not get. */
  public boolean isWithin(Principal caller) {
    boolean suffixesAre = !suffixes.isEmpty() && suffixes.stream().allMatch(caller::mayName);
    boolean accountsAre = !accounts.isEmpty() && accounts.stream().allMatch(caller::mayUse);
    return (caller.suffixes().isEmpty() || suffixesAre)
        && (caller.accounts().isEmpty() || accountsAre);
  }

  @Override
  public PullKey asRevoked() {
    return new PullKey(id, "", domain, below, note, suffixes, accounts, createdAt);
  }

  /** Leaves out the hash. */
  @Override
  public String toString() {
    return "PullKey[" + id + ", " + domain + "]";
  }
}
