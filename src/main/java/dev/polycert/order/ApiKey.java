package dev.polycert.order;

import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A key of the API, for a person or a program.
 *
 * @param name what people know it by
 * @param suffixes see {@link Principal}
 * @param accounts see {@link Principal}
 */
public record ApiKey(
    String id,
    String hash,
    String name,
    Set<Scope> scopes,
    List<DomainName> suffixes,
    List<String> accounts,
    Instant createdAt)
    implements KeyRecord {

  public ApiKey {
    scopes = Set.copyOf(scopes);
    suffixes = List.copyOf(suffixes);
    accounts = List.copyOf(accounts);
  }

  /** The caller that shows it. */
  public Principal principal() {
    return new Principal("key " + name + " (" + id + ")", scopes, suffixes, accounts);
  }

  @Override
  public ApiKey asRevoked() {
    return new ApiKey(id, "", name, scopes, suffixes, accounts, createdAt);
  }

  /** Leaves out the hash. */
  @Override
  public String toString() {
    return "ApiKey[" + id + ", " + name + "]";
  }
}
