package dev.polycert.call;

import java.util.List;

/**
 * The configured accounts beside the default ones, with their providers, writers and deliverers.
 */
public interface NamedAccounts {

  /** Only the default accounts. */
  NamedAccounts NONE =
      new NamedAccounts() {
        @Override
        public List<NamedAccount> all() {
          return List.of();
        }

        @Override
        public <T> List<T> instances(Class<T> type) {
          return List.of();
        }
      };

  /** The accounts, sorted by name. */
  List<NamedAccount> all();

  /**
   * The providers, writers or deliverers of these accounts. Those of the default ones are not among
   * them.
   */
  <T> List<T> instances(Class<T> type);
}
