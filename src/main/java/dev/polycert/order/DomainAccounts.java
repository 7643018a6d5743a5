package dev.polycert.order;

import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which account a domain is applied for at, where a request names a provider without one. */
final class DomainAccounts {
  private final List<NamedAccount> accounts;
  private final Set<String> providers;

  /**
   * Makes the choice.
   *
   * @param providers the ids that there are, with and without accounts
   */
  DomainAccounts(List<NamedAccount> accounts, Set<String> providers) {
    this.accounts = accounts;
    this.providers = providers;
  }

  /** The provider at the account whose domains the name belongs to; else the provider itself. */
  String of(String provider, DomainName domain) {
    String name = DnsNames.canonical(domain.base());
    return accounts.stream()
        .flatMap(account -> rules(account, provider))
        .filter(rule -> name.equals(rule.getKey()) || name.endsWith("." + rule.getKey()))
        .max(Comparator.comparingInt(rule -> rule.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(provider);
  }

  private Stream<Map.Entry<String, String>> rules(NamedAccount account, String provider) {
    String there = NamedAccount.qualified(provider, account.name());
    return providers.contains(there)
        ? account.domains().stream().map(domain -> Map.entry(DnsNames.canonical(domain), there))
        : Stream.empty();
  }
}
