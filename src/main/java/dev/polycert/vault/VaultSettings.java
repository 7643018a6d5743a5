package dev.polycert.vault;

import dev.polycert.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Rejects keys of the vault that are none, before one is needed. */
@ApplicationScoped
class VaultSettings implements StartupCheck {
  private final VaultConfig config;

  VaultSettings(VaultConfig config) {
    this.config = config;
  }

  @Override
  public List<String> wrong() {
    return StartupCheck.of(() -> Vault.key(config), () -> Vault.previous(config));
  }
}
