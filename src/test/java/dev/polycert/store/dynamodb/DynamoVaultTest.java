package dev.polycert.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.DynamoDbLocal;
import dev.polycert.vault.VaultStore;
import dev.polycert.vault.VaultStoreContractTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class DynamoVaultTest extends VaultStoreContractTest {
  private static DynamoDbAsyncClient client;

  @BeforeAll
  static void connect() {
    client = DynamoDbLocal.client();
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  private record Config(String table, Optional<Duration> historyRetention)
      implements DynamoConfig {}

  @Override
  protected VaultStore store() {
    return new DynamoVault(client, new Config(TestTable.create(client), Optional.empty()));
  }

  /** As when the answer was lost on its way and the SDK asks again. */
  @Test
  void aCreationThatIsSentAgainHasStillWon() {
    Uni<Boolean> creation = store().create("a", new byte[] {1, 2});

    assertThat(creation.await().indefinitely()).isTrue();
    assertThat(creation.await().indefinitely()).isTrue();
  }
}
