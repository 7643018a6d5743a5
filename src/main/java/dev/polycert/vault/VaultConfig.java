package dev.polycert.vault;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys of the vault, from the environment. They seal what is kept; losing them loses it. */
@ConfigMapping(prefix = "polycert.vault")
public interface VaultConfig {

  /**
   * The key ({@code POLYCERT_VAULT_KEY}): 32 random bytes in base64, as {@code openssl rand -base64
   * 32} makes them. Every process that shares an order book needs the same.
   */
  Optional<String> key();

  /**
   * The keys before this one ({@code POLYCERT_VAULT_KEY_PREVIOUS}), separated by commas, while
   * there is something sealed under them. They open, and seal nothing.
   */
  Optional<List<String>> keyPrevious();
}
