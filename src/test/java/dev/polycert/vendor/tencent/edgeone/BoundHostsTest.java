package dev.polycert.vendor.tencent.edgeone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Consignment.Source;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundHostsTest {
  @Test
  void onlyTheEarlierOneAndThoseOfTheSameAlgorithmAreReplaced() {
    Consignment consignment =
        Consignment.first(
            DomainName.parse("www.example.com"),
            IssuedCertificates.issued("www.example.com"),
            Map.of(),
            Source.NONE,
            null);

    assertThat(
            BoundHosts.lists(
                List.of(
                    host("a.example.com", one("manEc001", "ECC 256"), one("rsa00001", "RSA 2048")),
                    host("b.example.com", one("rsa00001", "RSA 2048")),
                    host("c.example.com", one("oldRsa01", "RSA 2048"))),
                consignment,
                "newEc001",
                Set.of("oldRsa01")))
        .isEqualTo(
            Map.of(
                List.of("newEc001", "rsa00001"),
                List.of("a.example.com", "b.example.com"),
                List.of("newEc001"),
                List.of("c.example.com")));
  }

  private static AccelerationDomain host(String name, HostCertificate... certificates) {
    return new AccelerationDomain(name, new HostCertificates("sslcert", List.of(certificates)));
  }

  private static HostCertificate one(String id, String algorithm) {
    return new HostCertificate(id, null, algorithm, "deployed");
  }
}
