package dev.polycert.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.postgresql.ClassDatabase;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.vault.VaultStore;
import dev.polycert.vault.VaultStoreContractTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresPrograms("postgres")
class PostgresqlVaultTest extends VaultStoreContractTest {
  @RegisterExtension static final ClassDatabase DATABASE = new ClassDatabase();

  @Override
  protected VaultStore store() {
    return TestPostgresqlStore.vault(DATABASE.get().emptied().database());
  }

  /** As when the answer was lost and the statement is sent again. */
  @Test
  void aCreationThatIsSentAgainHasStillWon() {
    Uni<Boolean> creation = store().create("a", new byte[] {1, 2});

    assertThat(creation.await().indefinitely()).isTrue();
    assertThat(creation.await().indefinitely()).isTrue();
  }
}
