package dev.polycert.rate;

import dev.polycert.store.dynamodb.TestTable;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@StartsProcesses
class DynamoSlotsTest extends SlotsContractTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final DynamoDbAsyncClient CLIENT = RESOURCES.add(DynamoDbLocal.client());
  private static final String TABLE = TestTable.create(CLIENT);

  @Override
  Slots slots() {
    return new DynamoSlots(CLIENT, TABLE);
  }
}
