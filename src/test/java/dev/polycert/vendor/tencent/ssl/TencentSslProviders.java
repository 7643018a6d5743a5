package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Clients;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vault.TestVault;
import java.time.Clock;

/** The provider and what deliverers use of it, made by hand. */
public final class TencentSslProviders {
  private TencentSslProviders() {}

  public static TencentSslProvider provider(Clients clients, ProviderConfig config) {
    return new TencentSslProvider(
        clients, config, TestVault.over(new TestVault.Memory()), Clock.systemUTC());
  }

  public static HostedCertificates hosted(TencentSslProvider provider) {
    return new HostedCertificates(provider);
  }
}
