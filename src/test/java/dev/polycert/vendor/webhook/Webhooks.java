package dev.polycert.vendor.webhook;

import dev.polycert.call.HttpTesting;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;

/** Makes deliverers for tests. */
public final class Webhooks {
  static final String VARIABLE = "POLYCERT_DELIVER_WEBHOOK_SECRET";
  public static final String SECRET = Canaries.of(VARIABLE);

  private Webhooks() {}

  /** Sends to any address, signed with the canary. */
  public static WebhookDeliverer toAnywhere(Vertx vertx) {
    return signing(SECRET, true, vertx);
  }

  static WebhookDeliverer signing(String secret, boolean toPrivate, Vertx vertx) {
    SmallRyeConfig config =
        HttpTesting.config(Map.of("polycert.http.backoff", "1ms", VARIABLE, secret));
    return new WebhookDeliverer(
        config,
        () -> toPrivate,
        HttpTesting.restClients(config, vertx),
        HttpTesting.calls(config, Clock.systemUTC()));
  }
}
