package dev.polycert.store.dynamodb;

import dev.polycert.testing.DynamoDbLocal;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A Quarkus application on DynamoDB Local, with a table of its own. */
public final class DynamoDbTestResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try (DynamoDbAsyncClient client = DynamoDbLocal.client()) {
      return Map.of(
          "polycert.store.kind", "dynamodb",
          "polycert.rate.kind", "dynamodb",
          "polycert.dynamodb.table", TestTable.create(client),
          "quarkus.dynamodb.endpoint-override", DynamoDbLocal.endpoint().toString(),
          "quarkus.dynamodb.aws.region", "us-east-1",
          "quarkus.dynamodb.aws.credentials.type", "static",
          "quarkus.dynamodb.aws.credentials.static-provider.access-key-id", "fake",
          "quarkus.dynamodb.aws.credentials.static-provider.secret-access-key", "fake");
    }
  }

  @Override
  public void stop() {
    // The server is the JVM's.
  }
}
