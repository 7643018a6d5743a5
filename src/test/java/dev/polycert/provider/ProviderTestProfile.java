package dev.polycert.provider;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Fast retries, a short patience, and no fixed port. */
public class ProviderTestProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "polycert.http.backoff", "1ms",
        "polycert.http.max-backoff", "2ms",
        "polycert.server.enabled", "false",
        "polycert.sandbox.enabled", "false",
        "quarkus.lambda.mock-event-server.test-port", "0");
  }
}
