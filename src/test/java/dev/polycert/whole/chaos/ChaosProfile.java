package dev.polycert.whole.chaos;

import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.provider.contract.MovableClock;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The whole application with its sandbox; limits are lifted. */
public class ChaosProfile implements QuarkusTestProfile {
  static final int ATTEMPTS = 6;
  static final int LIFTED = 400;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(ContractProfile.MORE);
    settings.put("polycert.http.limit-factor", "" + LIFTED);
    for (String provider : ChaosFixture.PROVIDERS) {
      settings.put("polycert.provider.\"" + provider + "\".concurrency", "200");
    }
    settings.put("polycert.http.attempts", "" + ATTEMPTS);
    settings.put("polycert.http.backoff", "20ms");
    settings.put("polycert.http.max-backoff", "50ms");
    settings.put("polycert.request-timeout", "300s");
    settings.put("polycert.order.lease", "1s");
    settings.put("polycert.sandbox.limits", "false");
    settings.put("polycert.store.sync", "false");
    return settings;
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(MovableClock.class);
  }
}
