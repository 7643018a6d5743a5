package dev.polycert.vendor.aws;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Knows where the services are: at their FIPS endpoints where {@code AWS_USE_FIPS_ENDPOINT} is
 * true, as for the SDK itself ("Dual-stack and FIPS endpoints", AWS SDKs and Tools Reference
 * Guide).
 */
@ApplicationScoped
public class AwsEndpoints {
  private final boolean fips;

  AwsEndpoints(Config config) {
    this.fips = config.getOptionalValue("AWS_USE_FIPS_ENDPOINT", Boolean.class).orElse(false);
  }

  /**
   * The address of a service in a region.
   *
   * @param service its name in host names, {@code acm}
   */
  public URI of(String service, Region region) {
    // Each ACM endpoint of GovCloud is a FIPS endpoint, and has no second name.
    boolean plain = service.equals("acm") && region.id().startsWith("us-gov-");
    String host = plain ? service : name(service);
    return URI.create(
        "https://%s.%s.%s".formatted(host, region.id(), PartitionMetadata.of(region).dnsSuffix()));
  }

  /** The address of a service that has one for all regions. */
  public URI global(String service) {
    return URI.create("https://%s.amazonaws.com".formatted(name(service)));
  }

  private String name(String service) {
    return fips ? service + "-fips" : service;
  }
}
