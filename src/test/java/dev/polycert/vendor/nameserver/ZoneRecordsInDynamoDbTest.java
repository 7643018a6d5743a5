package dev.polycert.vendor.nameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.dns.DnsRecord;
import dev.polycert.domain.StoreException;
import dev.polycert.store.dynamodb.TestDynamoStore;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vault.VaultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** More records than one item of DynamoDB has room for. */
@StartsProcesses
class ZoneRecordsInDynamoDbTest {
  private static final int NAMES = 300;
  private static final String LONG = "x".repeat(2000);

  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final DynamoDbAsyncClient CLIENT = RESOURCES.add(DynamoDbLocal.client());

  private final VaultStore store =
      TestDynamoStore.load(CLIENT, JsonNodeFactory.instance.arrayNode()).vault();

  @Test
  void allRecordsAreThereAfterARestart() {
    ZoneRecords records = new ZoneRecords(store);
    for (int i = 0; i < NAMES; i++) {
      records.add(new DnsRecord("w" + i + ".example.net", "TXT", LONG)).await().indefinitely();
    }

    ZoneRecords again = new ZoneRecords(store);
    again.load().await().indefinitely();

    for (int i = 0; i < NAMES; i++) {
      assertThat(again.at("w" + i + ".example.net")).hasSize(1);
    }
    byte[] together = new byte[NAMES * LONG.length()];
    assertThatThrownBy(() -> store.put("together", together).await().indefinitely())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("size");
  }
}
