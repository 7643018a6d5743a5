package dev.polycert.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a provider is: the one place from which requests are checked and the README's table is made.
 *
 * @param id how requests name it, {@code tencent-ssl}
 * @param title the vendor's name of the service
 * @param validations the methods that a request may ask for
 * @param keyAlgorithms the keys that a request may ask for
 * @param options the provider options that a request may give, name to meaning
 * @param credentials the environment variables without which it is not configured
 * @param needs what an account must have before a domain can be applied for, for people
 * @param gives what comes back, for people
 * @param limits the documented rate limits, operation to calls per second; {@code *} for the rest
 * @param validationDeadline how long a validation stays open at the vendor
 */
public record Descriptor(
    String id,
    String title,
    Set<ValidationMethod> validations,
    Set<KeyAlgorithm> keyAlgorithms,
    Map<String, String> options,
    List<String> credentials,
    Set<Capability> capabilities,
    String needs,
    String gives,
    Map<String, Double> limits,
    Duration validationDeadline) {

  public Descriptor {
    validations = Set.copyOf(validations);
    keyAlgorithms = Set.copyOf(keyAlgorithms);
    options = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(options));
    credentials = List.copyOf(credentials);
    capabilities = Set.copyOf(capabilities);
    limits = Map.copyOf(limits);
  }
}
