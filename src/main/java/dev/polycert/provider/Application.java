package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order as a provider sees it.
 *
 * @param plan the settings of the {@link Plan}, empty before {@link CertificateProvider#prepare}
 * @param reference the vendor's ids of it, once known or reserved
 * @param validations what has to be published, as far as it is known
 * @param appliedAt when the application was sent, once it was
 * @param renewalOf the vendor's reference of the certificate that this one follows
 * @param published whether we have published the validations ourselves, so long ago that the
 *     servers answer with them
 * @param others references of other orders of the name at the vendor, which this one must not take
 *     over
 * @param order the id of the order, the same at every try; empty where there is none
 */
public record Application(
    DomainName domain,
    Terms terms,
    Map<String, String> plan,
    @Nullable Reference reference,
    List<Validation> validations,
    @Nullable Instant appliedAt,
    @Nullable Reference renewalOf,
    boolean published,
    Set<Reference> others,
    String order) {

  public Application {
    others = Set.copyOf(others);
    plan = Map.copyOf(plan);
    validations = List.copyOf(validations);
  }

  /** An application whose validations Polycert has not published, or not yet. */
  public Application(
      DomainName domain,
      Terms terms,
      Map<String, String> plan,
      @Nullable Reference reference,
      List<Validation> validations,
      @Nullable Instant appliedAt,
      @Nullable Reference renewalOf) {
    this(domain, terms, plan, reference, validations, appliedAt, renewalOf, false, Set.of(), "");
  }

  /** The same, once its validations are published. */
  public Application withPublished() {
    return new Application(
        domain, terms, plan, reference, validations, appliedAt, renewalOf, true, others, order);
  }

  /** The same, beside what other orders of the name have. */
  public Application beside(Set<Reference> has) {
    return new Application(
        domain, terms, plan, reference, validations, appliedAt, renewalOf, published, has, order);
  }

  /** The same, as the application of an order. */
  public Application of(String id) {
    return new Application(
        domain, terms, plan, reference, validations, appliedAt, renewalOf, published, others, id);
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
