package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The current settings: the configured ones until the control API changes them. */
@ApplicationScoped
class Settings {
  private final SandboxConfig config;
  private boolean limits;
  private double limitFactor;
  private Duration latency = Duration.ZERO;
  private Duration issueDelay = Duration.ZERO;
  private Duration skew = Duration.ZERO;
  private Map<String, Integer> quota = Map.of();
  private List<String> domains = List.of();

  Settings(SandboxConfig config) {
    this.config = config;
    reset();
  }

  synchronized void reset() {
    limits = config.limits();
    limitFactor = config.limitFactor();
    latency = config.latency();
    issueDelay = config.issueDelay();
    skew = Duration.ZERO;
    quota = new HashMap<>();
    domains = lowerCase(config.domains().orElse(List.of()));
  }

  /** Changes the settings that the body names, or none if one of them is wrong. */
  synchronized void change(ControlBody body) {
    boolean newLimits = body.flag("limits").orElse(limits);
    double newFactor = body.number("limitFactor").orElse(limitFactor);
    Duration newLatency = body.duration("latency").orElse(latency);
    Duration newDelay = body.duration("issueDelay").orElse(issueDelay);
    Duration newSkew = body.duration("skew").orElse(skew);
    List<String> newDomains = body.has("domains") ? lowerCase(body.texts("domains")) : domains;
    Map<String, Integer> newQuota = new HashMap<>(quota);
    body.object("quota")
        .ifPresent(
            quotas ->
                quotas
                    .fields()
                    .forEach(
                        what -> newQuota.put(what, quotas.number(what).orElse(0.0).intValue())));
    limits = newLimits;
    limitFactor = newFactor;
    latency = newLatency;
    issueDelay = newDelay;
    skew = newSkew;
    domains = newDomains;
    quota = newQuota;
  }

  private static List<String> lowerCase(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  synchronized boolean limits() {
    return limits;
  }

  synchronized double limitFactor() {
    return limitFactor;
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized Duration issueDelay() {
    return issueDelay;
  }

  /** How far the vendors' clocks are ahead of the callers'; negative when behind. */
  synchronized Duration skew() {
    return skew;
  }

  synchronized int quota(String what) {
    Integer changed = quota.get(what);
    return changed != null ? changed : Objects.requireNonNull(config.quota().get(what));
  }

  synchronized List<String> domains() {
    return domains;
  }
}
