package dev.polycert.vendor.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The addresses that webhooks may be sent to. */
@ConfigMapping(prefix = "polycert.deliver.webhook")
public interface WebhookConfig {

  /**
   * Lets webhooks go to loopback, link-local, private and other addresses that are not on the
   * public Internet, and to loopback without TLS: for receivers in the same network. Everybody who
   * may send requests to Polycert then reaches this network's servers through it.
   */
  @WithDefault("false")
  boolean allowPrivateAddresses();
}
