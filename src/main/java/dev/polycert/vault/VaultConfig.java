package dev.polycert.vault;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys of the vault, from the environment. Without them no stored secret can be opened. */
@ConfigMapping(prefix = "polycert.vault")
public interface VaultConfig {

  /**
   * The key ({@code POLYCERT_VAULT_KEY}): 32 random bytes in base64, as {@code openssl rand -base64
   * 32} makes them. Every process that shares an order book needs the same.
   */
  Optional<String> key();

  /**
   * Earlier keys ({@code POLYCERT_VAULT_KEY_PREVIOUS}), separated by commas, as long as values are
   * sealed under them. They only open.
   */
  Optional<List<String>> keyPrevious();
}
