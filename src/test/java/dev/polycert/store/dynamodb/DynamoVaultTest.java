package dev.polycert.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vault.VaultStore;
import dev.polycert.vault.VaultStoreContractTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@StartsProcesses
class DynamoVaultTest extends VaultStoreContractTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final DynamoDbAsyncClient CLIENT = RESOURCES.add(DynamoDbLocal.client());

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  @Override
  protected VaultStore store() {
    return new DynamoVault(CLIENT, new Config(TestTable.create(CLIENT), Optional.empty()));
  }

  /** As when the answer was lost on its way and the SDK asks again. */
  @Test
  void aCreationThatIsSentAgainHasStillWon() {
    Uni<Boolean> creation = store().create("a", new byte[] {1, 2});

    assertThat(creation.await().indefinitely()).isTrue();
    assertThat(creation.await().indefinitely()).isTrue();
  }
}
