package dev.polycert.store.dynamodb;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes tables as {@link TableSchema} describes them. */
public final class TestTable {
  private TestTable() {}

  /** Makes an empty table and returns its name. */
  public static String create(DynamoDbAsyncClient client) {
    String table = "test-" + UUID.randomUUID();
    client.createTable(request(table)).join();
    return table;
  }

  private static CreateTableRequest request(String table) {
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            Stream.of(
                    TableSchema.PK,
                    TableSchema.SK,
                    TableSchema.SHARD,
                    TableSchema.DUE,
                    TableSchema.CREATED,
                    TableSchema.EXPIRES)
                .map(TestTable::text)
                .toList())
        .keySchema(keys(TableSchema.PK, TableSchema.SK))
        .globalSecondaryIndexes(
            index(TableSchema.DUE, projection(ProjectionType.KEYS_ONLY)),
            index(TableSchema.CREATED, including(TableSchema.PROVIDER, TableSchema.STATE)),
            index(TableSchema.EXPIRES, including(TableSchema.CREATED, TableSchema.PROVIDER)))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> keys(String hash, String range) {
    return List.of(key(hash, KeyType.HASH), key(range, KeyType.RANGE));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static GlobalSecondaryIndex index(String name, Projection projection) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keys(TableSchema.SHARD, name))
        .projection(projection)
        .build();
  }

  private static Projection projection(ProjectionType type) {
    return Projection.builder().projectionType(type).build();
  }

  private static Projection including(String... attributes) {
    return projection(ProjectionType.INCLUDE).toBuilder().nonKeyAttributes(attributes).build();
  }
}
