package dev.polycert.vendor.aws.secretsmanager;

import dev.polycert.vendor.aws.AwsJsonService;

/** Makes deliverers for tests. */
public final class SecretsManagerDeliverers {
  private SecretsManagerDeliverers() {}

  /** Delivers to a service of these. */
  public static SecretsManagerDeliverer at(AwsJsonService.Factory services) {
    return new SecretsManagerDeliverer(services);
  }
}
