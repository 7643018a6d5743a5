package dev.polycert.provider.contract;

import dev.polycert.provider.FreeTokens;
import dev.polycert.whole.secrecy.Canaries;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The whole application with its sandbox, secrets to look for, metrics, and everything logged. */
public class ContractProfile implements QuarkusTestProfile {
  static final int ATTEMPTS = 3;

  /** What the sandbox leaves out, so that its other tests have no provider more. */
  public static final Map<String, String> MORE =
      Map.of("ALIBABA_CLOUD_CAS_CONTACT_IDS", "1001", "AWS_ACM_REGION", "eu-central-1");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(Canaries.SECRETS);
    settings.putAll(MORE);
    settings.put("polycert.vault.key", Canaries.of("POLYCERT_VAULT_KEY"));
    settings.put("polycert.vault.key-previous", Canaries.of("POLYCERT_VAULT_KEY_PREVIOUS"));
    settings.put("polycert.metrics.emf", "true");
    settings.put("polycert.http.attempts", String.valueOf(ATTEMPTS));
    settings.put("polycert.http.total-timeout", "2s");
    settings.put("polycert.sandbox.limits", "false");
    settings.put("polycert.store.sync", "false");
    // Watches for leaks let everything be logged.
    settings.put("quarkus.log.min-level", "TRACE");
    settings.put("quarkus.log.level", "INFO");
    settings.put("quarkus.log.console.level", "WARN");
    return settings;
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FreeTokens.class, MovableClock.class);
  }
}
