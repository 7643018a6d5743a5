package dev.polycert.store;

import dev.polycert.vault.VaultStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

/** Picks the store of sealed values, beside the orders. See {@link OrderBooks} for the reason. */
class VaultStores {

  @Produces
  @ApplicationScoped
  VaultStore vaultStore(StoreConfig config, @Any Instance<VaultStore> stores) {
    return OrderBooks.chosen(config, stores).get();
  }
}
