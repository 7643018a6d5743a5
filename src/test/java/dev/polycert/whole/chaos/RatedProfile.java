package dev.polycert.whole.chaos;

import java.util.Map;

/** Vendors whose rate is the bottleneck, and little patience with their answers. */
public class RatedProfile extends ChaosProfile {
  /** Applications per second. */
  private static final double RATE = 20;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = super.getConfigOverrides();
    settings.put("polycert.http.total-timeout", "1s");
    for (String provider : ChaosFixture.PROVIDERS) {
      String write =
          switch (provider) {
            case "tencent-edgeone" -> "ApplyFreeCertificate";
            case "aws-acm" -> "RequestCertificate";
            default -> "ApplyCertificate";
          };
      settings.remove("polycert.provider.\"" + provider + "\".concurrency");
      settings.put(
          "polycert.provider.\"%s\".limits.\"%s\"".formatted(provider, write), "" + RATE / LIFTED);
    }
    return settings;
  }
}
