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
   * {@link dev.polycert.store.StoreConfig#history}, unless it is set for this table alone. DynamoDB
   * deletes by TTL.
   */
  Optional<Duration> historyRetention();
}
