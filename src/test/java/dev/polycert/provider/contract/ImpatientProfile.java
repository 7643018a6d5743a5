package dev.polycert.provider.contract;

import java.util.Map;

/** As {@link ContractProfile}, with less patience and fewer words. */
public class ImpatientProfile extends ContractProfile {
  static final int ATTEMPTS = 2;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = super.getConfigOverrides();
    settings.put("polycert.http.attempts", String.valueOf(ATTEMPTS));
    settings.put("polycert.http.total-timeout", "1s");
    settings.put("quarkus.log.level", "INFO");
    return settings;
  }
}
