package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as a provider sees it.
 *
 * @param plan the settings of the {@link Plan}, empty before {@link CertificateProvider#prepare}
 * @param reference the vendor's ids of it, once known or reserved
 * @param validations what has to be published, as far as it is known
 * @param appliedAt when the application was sent, once it was
 * @param renewalOf the vendor's reference of the certificate that this one follows
 */
public record Application(
    DomainName domain,
    Terms terms,
    Map<String, String> plan,
    @Nullable Reference reference,
    List<Validation> validations,
    @Nullable Instant appliedAt,
    @Nullable Reference renewalOf) {

  public Application {
    plan = Map.copyOf(plan);
    validations = List.copyOf(validations);
  }

  /** A provider option of the request, or null. */
  public @Nullable String option(String name) {
    return terms.options().get(name);
  }

  /** The reference of an order that must have one by now. */
  public Reference requireReference() {
    if (reference == null) {
      throw new IllegalStateException("no reference yet for " + domain);
    }
    return reference;
  }
}
