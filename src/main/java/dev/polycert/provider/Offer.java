package dev.polycert.provider;

import java.time.Duration;
import java.util.Set;

/**
 * What a provider takes and gives, beside what it is as a service: requests are checked against it,
 * and the table of the documentation is made from it.
 *
 * @param validations the methods that a request may ask for
 * @param keyAlgorithms the keys that a request may ask for
 * @param capabilities what it can do beyond applying and checking
 * @param needs what an account must have before a domain can be applied for, for people
 * @param gives what comes back, for people
 * @param validationDeadline how long a validation stays open at the vendor
 */
public record Offer(
    Set<ValidationMethod> validations,
    Set<KeyAlgorithm> keyAlgorithms,
    Set<Capability> capabilities,
    String needs,
    String gives,
    Duration validationDeadline) {

  public Offer {
    validations = Set.copyOf(validations);
    keyAlgorithms = Set.copyOf(keyAlgorithms);
    capabilities = Set.copyOf(capabilities);
  }
}
