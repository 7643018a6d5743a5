package dev.polycert.metric;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Picks the metrics of this process, at run time: one artifact serves every deployment. */
class MetricsProducer {

  @Produces
  @Singleton
  Metrics metrics(MetricsConfig config, Clock clock) {
    if (config.emf()) {
      return new EmbeddedMetrics(config.namespace(), clock, StandardOutput::line);
    }
    return config.prometheus() ? new PrometheusMetrics(clock) : Metrics.NONE;
  }
}
