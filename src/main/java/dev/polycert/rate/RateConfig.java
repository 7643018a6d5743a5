package dev.polycert.rate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which processes share the vendors' limits. */
@ConfigMapping(prefix = "polycert.rate")
public interface RateConfig {

  /**
   * Which token buckets hold the limits: {@code local} are this process's own; {@code postgresql}
   * and {@code dynamodb} are shared by all instances.
   */
  @WithDefault("local")
  String kind();

  /** The DynamoDB table of the shared buckets: any with the text keys {@code pk}, {@code sk}. */
  @WithDefault("${polycert.dynamodb.table:polycert}")
  String table();
}
