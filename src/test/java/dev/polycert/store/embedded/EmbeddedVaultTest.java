package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.Resources;
import dev.polycert.vault.VaultStore;
import dev.polycert.vault.VaultStoreContractTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedVaultTest extends VaultStoreContractTest {
  @RegisterExtension final Resources resources = new Resources();
  private TestEmbeddedVault opened;

  @Override
  protected VaultStore store() {
    opened = resources.add(TestEmbeddedVault.open(resources.directory().resolve("orders.mv")));
    return opened.vault();
  }

  @Test
  void isReadAgainByTheNextProcess() {
    store().put("a", new byte[] {7}).await().indefinitely();
    opened.close();

    assertThat(store().get("a").await().indefinitely()).contains(new byte[] {7});
  }
}
