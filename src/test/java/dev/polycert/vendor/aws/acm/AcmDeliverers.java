package dev.polycert.vendor.aws.acm;

import dev.polycert.vendor.aws.AwsJsonService;
import java.time.Clock;

/** Makes deliverers for tests. */
public final class AcmDeliverers {
  private AcmDeliverers() {}

  /** Delivers to a service of these. */
  public static AcmDeliverer at(AwsJsonService.Factory services) {
    return new AcmDeliverer(services, Clock.systemUTC());
  }
}
