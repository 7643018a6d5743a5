package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Clients;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vault.TestVault;
import java.time.Clock;

/** The deliverer and its parts, made by hand. */
public final class TencentSslDeliverers {
  private TencentSslDeliverers() {}

  public static TencentSslDeliverer to(Clients clients, ProviderConfig config) {
    TencentSslProvider provider = provider(clients, config);
    return new TencentSslDeliverer(provider, new HostedCertificates(provider));
  }

  public static HostedCertificates hosted(Clients clients, ProviderConfig config) {
    return new HostedCertificates(provider(clients, config));
  }

  private static TencentSslProvider provider(Clients clients, ProviderConfig config) {
    return new TencentSslProvider(
        clients, config, TestVault.over(new TestVault.Memory()), Clock.systemUTC());
  }
}
