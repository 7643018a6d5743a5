package dev.polycert.store.dynamodb;

import dev.polycert.vault.VaultStore;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeps sealed values in the table of the order book, one item each. */
@ApplicationScoped
@Identifier("dynamodb")
public class DynamoVault implements VaultStore {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final ConditionalPuts puts;

  DynamoVault(DynamoDbAsyncClient client, DynamoConfig config) {
    this.client = client;
    this.table = config.table();
    this.puts = new ConditionalPuts(client, table);
  }

  @Override
  public Uni<Optional<byte[]>> get(String name) {
    return DynamoCalls.of(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(Keys.vault(name)).consistentRead(true)))
        .map(got -> got.hasItem() ? Optional.of(sealed(got.item())) : Optional.empty());
  }

  /**
   * {@inheritDoc}
   *
   * <p>When the answer was lost and the SDK sends it once more, the value that is there is our own:
   * no two sealings of anything are the same.
   */
  @Override
  public Uni<Boolean> create(String name, byte[] sealed) {
    Map<String, AttributeValue> item = item(name, sealed);
    return puts.put(item).map(there -> there.filter(other -> !other.equals(item)).isEmpty());
  }

  @Override
  public Uni<Void> put(String name, byte[] sealed) {
    return DynamoCalls.of(
            () -> client.putItem(put -> put.tableName(table).item(item(name, sealed))))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(String name) {
    return DynamoCalls.of(
            () -> client.deleteItem(delete -> delete.tableName(table).key(Keys.vault(name))))
        .replaceWithVoid();
  }

  static Map<String, AttributeValue> item(String name, byte[] sealed) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.vault(name));
    item.put(TableSchema.SEALED, AttributeValue.fromB(SdkBytes.fromByteArray(sealed)));
    return item;
  }

  static byte[] sealed(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get(TableSchema.SEALED)).b().asByteArray();
  }
}
