package dev.polycert.vendor.aws.acm;

import dev.polycert.call.HttpTesting;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.aws.AwsJsonService;
import java.time.Clock;
import java.util.Map;

/** Makes deliverers for tests. */
public final class AcmDeliverers {
  private AcmDeliverers() {}

  /** Delivers to a service of these. */
  public static AcmDeliverer at(AwsJsonService.Factory services) {
    ProviderConfig none = HttpTesting.config(Map.of()).getConfigMapping(ProviderConfig.class);
    return new AcmDeliverer(services, none, Clock.systemUTC());
  }
}
