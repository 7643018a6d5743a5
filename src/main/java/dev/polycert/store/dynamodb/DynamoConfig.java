package dev.polycert.store.dynamodb;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The DynamoDB table of the order book. Region and credentials are found as the AWS SDK does. */
@ConfigMapping(prefix = "polycert.dynamodb")
public interface DynamoConfig {

  /** The table's name. Its keys and indexes are described in {@link TableSchema}. */
  @WithDefault("polycert")
  String table();

  /**
   * How long the history of an order is kept after the order has ended; then DynamoDB deletes it by
   * TTL. For ever when it is not set. Orders themselves are never deleted.
   */
  Optional<Duration> historyRetention();
}
