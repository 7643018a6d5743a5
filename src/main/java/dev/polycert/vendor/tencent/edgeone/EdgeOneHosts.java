package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of EdgeOne on sites and the domains that they accelerate. */
final class EdgeOneHosts {
  /** The most that DescribeAccelerationDomains gives at once. */
  private static final int PAGE = 200;

  private final TencentClient client;

  EdgeOneHosts(TencentClient client) {
    this.client = client;
  }

  /** Gives the free certificates of these domains to them. */
  Uni<Answer<ModifyHostsCertificateAnswer>> deploy(
      String zoneId, List<String> hosts, String mode, CallContext context) {
    return client.write(
        "ModifyHostsCertificate",
        context,
        new ModifyHostsCertificateRequest(zoneId, hosts, mode),
        ModifyHostsCertificateAnswer.class);
  }

  /**
   * Reads the domains of a site.
   *
   * @param names those to read, 20 at most; null for a page of all
   */
  Uni<Answer<DescribeAccelerationDomainsAnswer>> domains(
      String zoneId, int offset, @Nullable List<String> names, CallContext context) {
    return client.read(
        "DescribeAccelerationDomains",
        context,
        new DescribeAccelerationDomainsRequest(
            zoneId,
            offset,
            PAGE,
            names == null ? null : List.of(new DescribeZonesRequest.Filter("domain-name", names))),
        DescribeAccelerationDomainsAnswer.class);
  }

  /** Reads one site, by its place among those of the account. */
  Uni<Answer<DescribeZonesAnswer>> zone(int offset, CallContext context) {
    return client.read(
        "DescribeZones",
        context,
        new DescribeZonesRequest(offset, 1, null),
        DescribeZonesAnswer.class);
  }
}
