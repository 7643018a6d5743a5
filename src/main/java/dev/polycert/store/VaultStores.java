package dev.polycert.store;

import dev.polycert.vault.VaultStore;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

/** Picks the store of sealed values, beside the orders. See {@link OrderBooks} for the reason. */
class VaultStores {

  @Produces
  @ApplicationScoped
  VaultStore vaultStore(StoreConfig config, @Any Instance<VaultStore> stores) {
    Instance<VaultStore> chosen = stores.select(Identifier.Literal.of(config.kind()));
    if (!chosen.isResolvable()) {
      throw OrderBooks.unknown(config);
    }
    return chosen.get();
  }
}
