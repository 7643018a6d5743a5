package dev.polycert.metric;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the metrics. */
@ConfigMapping(prefix = "polycert.metrics")
public interface MetricsConfig {

  /** Whether metrics are written to the standard output in CloudWatch's embedded format. */
  @WithDefault("false")
  boolean emf();

  /**
   * Whether the HTTP server shows metrics at {@code /metrics}, for Prometheus; not beside those for
   * CloudWatch.
   */
  @WithDefault("true")
  boolean prometheus();

  /** The CloudWatch namespace; one for each deployment, so that stages do not mix. */
  @WithDefault("polycert")
  String namespace();
}
