package dev.polycert.whole.e2e;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Raised rate limits, ACM beside the other vendors, and one zone that is written at DNSPod. */
public class UnhurriedProfile implements QuarkusTestProfile {
  static final int FACTOR = 50;
  static final String ZONE = "example.com";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "polycert.http.limit-factor",
        String.valueOf(FACTOR),
        "polycert.order.settle",
        "5s",
        // As in production, not as in other tests.
        "polycert.http.backoff",
        "250ms",
        "polycert.http.max-backoff",
        "5s",
        "polycert.dns-writer.\"dnspod\".zones",
        ZONE,
        "AWS_ACM_REGION",
        "eu-central-1");
  }
}
