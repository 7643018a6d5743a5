package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.vault.VaultStore;
import dev.polycert.vault.VaultStoreContractTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedVaultTest extends VaultStoreContractTest {
  @TempDir Path directory;
  private TestEmbeddedVault opened;

  @Override
  protected VaultStore store() {
    opened = TestEmbeddedVault.open(directory.resolve("orders.mv"));
    return opened.vault();
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void isReadAgainByTheNextProcess() {
    store().put("a", new byte[] {7}).await().indefinitely();
    opened.close();

    assertThat(store().get("a").await().indefinitely()).contains(new byte[] {7});
  }
}
