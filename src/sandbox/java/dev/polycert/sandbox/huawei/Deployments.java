package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.World;
import java.util.ArrayList;
import java.util.List;

/** Which resources of other services the certificates are deployed on. */
final class Deployments {
  private final List<Deployment> all = new ArrayList<>();

  Deployments(World world) {
    world.onReset(all::clear);
  }

  /**
   * A certificate on a resource.
   *
   * @param region {@code global} for CDN, which has no regions
   * @param resource the vendor's id of the resource; for CDN the accelerated domain
   */
  record Deployment(String certificateId, String service, String region, String resource) {
    private boolean sameResource(Deployment other) {
      return service.equals(other.service)
          && region.equals(other.region)
          && resource.equals(other.resource);
    }
  }

  /** Puts a certificate on a resource, in place of the one there. */
  void put(Deployment deployment) {
    all.removeIf(deployment::sameResource);
    all.add(deployment);
  }

  /** The resources that the certificate is on, of one service. */
  List<Deployment> of(String certificateId, String service) {
    return all.stream()
        .filter(each -> each.certificateId().equals(certificateId))
        .filter(each -> each.service().equals(service))
        .toList();
  }
}
