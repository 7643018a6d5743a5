package dev.polycert.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where orders are kept. */
@ConfigMapping(prefix = "polycert.store")
public interface StoreConfig {

  /**
   * Which order book keeps them: {@code embedded} is one file of this process, without a server;
   * {@code postgresql} is a PostgreSQL database, and {@code dynamodb} a DynamoDB table, for any
   * number of processes.
   */
  @WithDefault("embedded")
  String kind();

  /**
   * The file of the embedded order book; its directory is made when it is missing. One process at a
   * time may use it.
   */
  @WithDefault("polycert-data/orders.mv")
  Path path();

  /**
   * Whether the embedded order book forces every transition to the disk before it acknowledges it.
   * Without it a transition survives the death of the process, but not a loss of power.
   */
  @WithDefault("true")
  boolean sync();

  /**
   * How long the history of an order is kept after the order has ended. For ever when it is not
   * set. Orders themselves are never deleted.
   */
  Optional<Duration> history();
}
