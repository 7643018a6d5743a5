package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.Descriptor;
import java.util.List;
import java.util.Map;

/**
 * What the applicant asked for.
 *
 * @param options the provider's own options, names as in {@link Descriptor#options}
 * @param deliver the targets that the certificate is delivered to, at every renewal again
 */
public record Terms(
    ValidationMethod validation,
    KeyAlgorithm keyAlgorithm,
    Map<String, String> options,
    Information information,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DeliveryTarget> deliver) {

  public Terms {
    options = Map.copyOf(options);
    deliver = List.copyOf(deliver);
  }

  /** Terms under which nothing is delivered. */
  public Terms(
      ValidationMethod validation,
      KeyAlgorithm keyAlgorithm,
      Map<String, String> options,
      Information information) {
    this(validation, keyAlgorithm, options, information, List.of());
  }

  public Terms withInformation(Information merged) {
    return new Terms(validation, keyAlgorithm, options, merged, deliver);
  }

  public Terms withOptions(Map<String, String> others) {
    return new Terms(validation, keyAlgorithm, others, information, deliver);
  }

  public Terms withDeliver(List<DeliveryTarget> targets) {
    return new Terms(validation, keyAlgorithm, options, information, targets);
  }

  public Terms withKeyAlgorithm(KeyAlgorithm other) {
    return new Terms(validation, other, options, information, deliver);
  }

  public Terms withValidation(ValidationMethod other) {
    return new Terms(other, keyAlgorithm, options, information, deliver);
  }
}
