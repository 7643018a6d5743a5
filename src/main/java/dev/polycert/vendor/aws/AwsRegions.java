package dev.polycert.vendor.aws;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** Reads the option that names a region. Only AWS's own are taken: they become part of a host. */
public final class AwsRegions {
  public static final String OPTION = "region";
  public static final String MEANING = "the AWS region, us-east-1 for example";

  private AwsRegions() {}

  /** What is wrong with the option, by its name; empty when it is right. */
  public static Map<String, String> wrong(Map<String, String> options) {
    String given = options.get(OPTION);
    if (given == null) {
      return Map.of(OPTION, "is missing; us-east-1 for example");
    }
    return find(given).isPresent()
        ? Map.of()
        : Map.of(OPTION, "is no AWS region; us-east-1 for example");
  }

  /** The region of options in which nothing is wrong. */
  public static Region of(Map<String, String> options) {
    return find(options.getOrDefault(OPTION, "")).orElseThrow();
  }

  /** The region of that name; empty where AWS has none. */
  public static Optional<Region> find(String id) {
    return Region.regions().stream()
        .filter(region -> !region.isGlobalRegion() && region.id().equals(id))
        .findFirst();
  }
}
