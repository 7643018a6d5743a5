package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Clients;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.tencent.ssl.TencentSslProviders;
import java.time.Clock;

/** The deliverer and its parts, made by hand. */
public final class EdgeOneDeliverers {
  private EdgeOneDeliverers() {}

  public static EdgeOneDeliverer to(Clients clients, ProviderConfig config) {
    return new EdgeOneDeliverer(
        new EdgeOneProvider(clients, config, Clock.systemUTC()),
        TencentSslProviders.hosted(TencentSslProviders.provider(clients, config)));
  }
}
