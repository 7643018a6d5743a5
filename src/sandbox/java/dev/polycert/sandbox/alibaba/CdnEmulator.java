package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The certificates of domain names of Alibaba Cloud CDN, API 2018-05-10. */
@ApplicationScoped
public class CdnEmulator implements ForwardingEmulator {
  private final AcsGateway gateway;

  public CdnEmulator(World world, CasCertificates certificates) {
    var domains = new AcceleratedDomains(world, certificates, "CDN", "ServerCertificateStatus");
    gateway =
        new AcsGateway(
            world,
            "alibaba-cdn",
            "CDN",
            "2018-05-10",
            Map.of(
                "DescribeDomainCertificateInfo",
                domains::describe,
                "SetCdnDomainSSLCertificate",
                domains::set));
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }
}
