package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.call.Clients;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import dev.polycert.vendor.tencent.ssl.TencentSslProviders;

/** The deliverer, made by hand. */
public final class TencentSslDeliverers {
  private TencentSslDeliverers() {}

  public static TencentSslDeliverer to(Clients clients, ProviderConfig config) {
    TencentSslProvider provider = TencentSslProviders.provider(clients, config);
    return new TencentSslDeliverer(provider, TencentSslProviders.hosted(provider));
  }
}
