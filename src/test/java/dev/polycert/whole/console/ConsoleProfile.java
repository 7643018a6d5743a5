package dev.polycert.whole.console;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server with a key, vendors without hurry. */
public class ConsoleProfile implements QuarkusTestProfile {
  static final String KEY = "fake-key-for-the-console";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "polycert.server.api-key", KEY,
        "polycert.http.limit-factor", "50",
        "polycert.sandbox.limits", "false",
        // As in production: orders move while the page is open.
        "polycert.server.renew-every", "1s");
  }
}
