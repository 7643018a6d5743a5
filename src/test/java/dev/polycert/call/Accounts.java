package dev.polycert.call;

import java.util.List;
import java.util.Optional;

/** Makes accounts for tests. */
public final class Accounts {

  private Accounts() {}

  /** An account that some domains belong to. */
  public static NamedAccount forDomains(String name, String... domains) {
    return new NamedAccount(
        name, "vendor", List.of(domains), List.of(), List.of(), Optional.empty());
  }

  /** An account whose DNS writer may write some zones. */
  public static NamedAccount withZones(String name, String... zones) {
    return new NamedAccount(name, "vendor", List.of(), List.of(zones), List.of(), Optional.empty());
  }

  /** These accounts, for which nothing is made: the test gives what they have. */
  public static NamedAccounts of(List<NamedAccount> accounts) {
    return new NamedAccounts() {
      @Override
      public List<NamedAccount> all() {
        return accounts;
      }

      @Override
      public <T> List<T> instances(Class<T> type) {
        return List.of();
      }
    };
  }
}
