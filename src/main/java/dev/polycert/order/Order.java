package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One application for one domain at one provider account: the unit of state.
 *
 * @param generation 1 for the first; renewals and new tries after an end count on
 * @param renewalOf the order of the generation before, for a renewal
 * @param version counts the recorded transitions; the first record has 1
 * @param plan what was found out for the write ({@code siteId}, {@code zoneId} …)
 * @param reference what the vendor calls it, once known
 * @param vendorStatus the vendor's last status verbatim
 * @param error the last error, kept until a step succeeds
 * @param intent the write without a recorded result, if there is one
 * @param attempts steps since the state was entered, for the pace of the next ones; until the
 *     vendor has told of it, tries since it was requested
 * @param appliedAt when the application was sent
 * @param renewedAt when the vendor told of the present certificate, where it is one with which the
 *     vendor itself has renewed this order's earlier one
 * @param nextStepAt when the next step is worth taking; null when there is none
 * @param deadline when the state ends by name; null for states that are ends
 * @param suggested when the CA suggests the renewal, where it does
 * @param selfPublished whether we publish the validations ourselves
 * @param publications the DNS records that we publish ourselves
 * @param deliveries where the certificate is brought to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(
    OrderId id,
    String provider,
    String account,
    DomainName domain,
    int generation,
    @Nullable OrderId renewalOf,
    @Nullable Reference renewalReference,
    long version,
    OrderState state,
    Terms terms,
    Map<String, String> plan,
    @Nullable Reference reference,
    List<Validation> validations,
    @Nullable CertificateFacts certificate,
    @Nullable String vendorStatus,
    @Nullable String message,
    @Nullable VendorError error,
    @Nullable Intent intent,
    int attempts,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant appliedAt,
    @Nullable Instant renewedAt,
    @Nullable Instant nextStepAt,
    @Nullable Instant deadline,
    @Nullable RenewalWindow suggested,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean selfPublished,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Publication> publications,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Delivery> deliveries) {

  public Order {
    plan = Map.copyOf(plan);
    validations = List.copyOf(validations);
    publications = List.copyOf(publications);
    deliveries = List.copyOf(deliveries);
  }

  /** Starts a copy to change; what is not set stays. */
  public OrderChange change() {
    return new OrderChange(this);
  }

  /**
   * Holds that there is a certificate.
   *
   * @throws OrderException.Conflict when there is none, or not any more
   */
  void requireIssued(String what) {
    if (state != OrderState.ISSUED) {
      throw new OrderException.Conflict(
          "Order " + id + " is " + state + ": there is no certificate to " + what + ".");
    }
  }

  /** This time, or that of the last record where the clock was put back since. */
  Instant noEarlier(Instant now) {
    return now.isBefore(updatedAt) ? updatedAt : now;
  }

  /**
   * Whether the vendor has not told of it yet: it waits to be sent, or what became of that is not
   * known. However often it is tried, that is one phase.
   */
  boolean unanswered() {
    return switch (state) {
      case REQUESTED, UNCERTAIN -> true;
      case APPLYING -> intent != null && !intent.ends();
      default -> false;
    };
  }

  /** What the provider sees of it: that we publish the records is no matter of the vendor. */
  public Application application() {
    Terms seen = selfPublished ? terms.withValidation(ValidationMethod.DNS) : terms;
    return new Application(domain, seen, plan, reference, validations, appliedAt, renewalReference);
  }
}
