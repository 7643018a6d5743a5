package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The certificates of domain names of Alibaba Cloud DCDN, API 2018-01-15. */
@ApplicationScoped
public class DcdnEmulator implements ForwardingEmulator {
  private final AcsGateway gateway;

  public DcdnEmulator(World world, CasCertificates certificates) {
    var domains = new AcceleratedDomains(world, certificates, "DCDN", "SSLProtocol");
    gateway =
        new AcsGateway(
            world,
            "alibaba-dcdn",
            "DCDN",
            "2018-01-15",
            Map.of(
                "DescribeDcdnDomainCertificateInfo",
                domains::describe,
                "SetDcdnDomainSSLCertificate",
                domains::set));
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }
}
