package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Reference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The members of an order that never change.
 *
 * @param label distinguishes it from other orders of the same domain, provider and account; null
 *     for none
 * @param generation 1 for the first; renewals and new tries after an end count on
 * @param renewalOf the order of the generation before, for a renewal
 * @param renewalReference the vendor's name for that one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identity(
    OrderId id,
    String provider,
    String account,
    DomainName domain,
    @Nullable String label,
    int generation,
    @Nullable OrderId renewalOf,
    @Nullable Reference renewalReference,
    Instant createdAt) {

  /** A generation that renews none. */
  public static Identity of(
      String provider, String account, DomainName domain, int generation, Instant createdAt) {
    return of(provider, account, domain, null, generation, createdAt);
  }

  /** As above, with a label. */
  public static Identity of(
      String provider,
      String account,
      DomainName domain,
      @Nullable String label,
      int generation,
      Instant createdAt) {
    OrderId id = OrderId.of(provider, series(account, label), domain, generation);
    return new Identity(id, provider, account, domain, label, generation, null, null, createdAt);
  }

  /**
   * What distinguishes the generations of a domain's order at a provider from those of another one:
   * the account, and the label where there is one.
   */
  public static String series(String account, @Nullable String label) {
    return label == null ? account : account + "\n" + label;
  }

  /** The same generation, as the renewal of an issued order. */
  public Identity renewing(Order old) {
    return new Identity(
        id, provider, account, domain, label, generation, old.id(), old.reference(), createdAt);
  }
}
