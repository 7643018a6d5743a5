package dev.polycert.store.dynamodb;

import dev.polycert.order.Order;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sets the time at which DynamoDB deletes the history of an order that has ended, if one is
 * configured. The end is recorded by then, so a failure here does not fail the transition: that
 * history stays.
 */
final class HistoryEnd {
  private static final Logger LOG = Logger.getLogger(HistoryEnd.class);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Optional<Duration> retention;
  private final Reading reading;

  HistoryEnd(DynamoDbAsyncClient client, DynamoConfig config, Reading reading) {
    this.client = client;
    this.table = config.table();
    this.retention = config.historyRetention();
    this.reading = reading;
  }

  Uni<Void> schedule(Order order) {
    return of(order, retention)
        .map(at -> mark(order, at))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** The time from which on the entries of an order's history may be deleted. */
  static Optional<AttributeValue> of(Order order, Optional<Duration> retention) {
    return retention
        .filter(kept -> order.state().ended())
        .map(kept -> Items.number(order.updatedAt().plus(kept).getEpochSecond()));
  }

  private Uni<Void> mark(Order order, AttributeValue at) {
    return reading
        .query(reading.entries(order.id()).build())
        .onItem()
        .transformToMulti(entries -> Multi.createFrom().iterable(entries))
        .onItem()
        .transformToUniAndConcatenate(entry -> mark(entry, at))
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.warnf(failure, "The history of %s is kept for ever", order.id()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<?> mark(Map<String, AttributeValue> entry, AttributeValue at) {
    Map<String, AttributeValue> key =
        Map.of(
            TableSchema.PK, entry.get(TableSchema.PK), TableSchema.SK, entry.get(TableSchema.SK));
    return DynamoCalls.of(
        () ->
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(key)
                        .updateExpression("SET #ttl = :at")
                        .expressionAttributeNames(Map.of("#ttl", TableSchema.TTL))
                        .expressionAttributeValues(Map.of(":at", at))));
  }
}
