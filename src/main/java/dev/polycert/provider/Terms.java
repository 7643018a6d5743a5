package dev.polycert.provider;

import java.util.Map;

/**
 * What the applicant asked for.
 *
 * @param options the provider's own options, names as in {@link Descriptor#options}
 */
public record Terms(
    ValidationMethod validation,
    KeyAlgorithm keyAlgorithm,
    Map<String, String> options,
    Information information) {

  public Terms {
    options = Map.copyOf(options);
  }

  public Terms withInformation(Information merged) {
    return new Terms(validation, keyAlgorithm, options, merged);
  }
}
