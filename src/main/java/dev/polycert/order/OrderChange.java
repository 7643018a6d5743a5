package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A changed copy of an order in the making. */
public final class OrderChange {
  private final Order from;
  private OrderState state;
  private Terms terms;
  private Map<String, String> plan;
  private @Nullable Reference reference;
  private List<Validation> validations;
  private @Nullable CertificateFacts certificate;
  private @Nullable String vendorStatus;
  private @Nullable String message;
  private @Nullable VendorError error;
  private @Nullable Intent intent;
  private int attempts;
  private @Nullable Instant appliedAt;
  private @Nullable Instant renewedAt;
  private @Nullable Instant nextStepAt;
  private @Nullable Instant deadline;
  private @Nullable RenewalWindow suggested;
  private List<Publication> publications;
  private List<Delivery> deliveries;

  OrderChange(Order from) {
    this.from = from;
    state = from.state();
    terms = from.terms();
    plan = from.plan();
    reference = from.reference();
    validations = from.validations();
    certificate = from.certificate();
    vendorStatus = from.vendorStatus();
    message = from.message();
    error = from.error();
    intent = from.intent();
    attempts = from.attempts();
    appliedAt = from.appliedAt();
    renewedAt = from.renewedAt();
    nextStepAt = from.nextStepAt();
    deadline = from.deadline();
    suggested = from.suggested();
    publications = from.publications();
    deliveries = from.deliveries();
  }

  public OrderChange state(OrderState value) {
    state = value;
    return this;
  }

  public OrderChange terms(Terms value) {
    terms = value;
    return this;
  }

  public OrderChange plan(Map<String, String> value) {
    plan = value;
    return this;
  }

  public OrderChange reference(@Nullable Reference value) {
    reference = value;
    return this;
  }

  public OrderChange validations(List<Validation> value) {
    validations = value;
    return this;
  }

  public OrderChange certificate(@Nullable CertificateFacts value) {
    certificate = value;
    return this;
  }

  public OrderChange vendorStatus(@Nullable String value) {
    vendorStatus = value;
    return this;
  }

  public OrderChange message(@Nullable String value) {
    message = value;
    return this;
  }

  public OrderChange error(@Nullable VendorError value) {
    error = value;
    return this;
  }

  public OrderChange intent(@Nullable Intent value) {
    intent = value;
    return this;
  }

  public OrderChange attempts(int value) {
    attempts = value;
    return this;
  }

  public OrderChange appliedAt(@Nullable Instant value) {
    appliedAt = value;
    return this;
  }

  public OrderChange renewedAt(@Nullable Instant value) {
    renewedAt = value;
    return this;
  }

  public OrderChange nextStepAt(@Nullable Instant value) {
    nextStepAt = value;
    return this;
  }

  public OrderChange deadline(@Nullable Instant value) {
    deadline = value;
    return this;
  }

  public OrderChange suggested(@Nullable RenewalWindow value) {
    suggested = value;
    return this;
  }

  public OrderChange publications(List<Publication> value) {
    publications = value;
    return this;
  }

  public OrderChange deliveries(List<Delivery> value) {
    deliveries = value;
    return this;
  }

  /** Whether it changes that record of an order, and not an earlier one. */
  boolean isOf(Order order) {
    return from.version() == order.version();
  }

  /**
   * The changed order, as the next version. It is not older than the one before, even if the clock
   * was put back in between.
   */
  public Order at(Instant now) {
    return build(from.version() + 1, from.noEarlier(now));
  }

  /** The changed order with version and time as they were: for an answer, or for a first record. */
  Order unrecorded() {
    return build(from.version(), from.updatedAt());
  }

  private Order build(long version, Instant updatedAt) {
    return new Order(
        from.id(),
        from.provider(),
        from.account(),
        from.domain(),
        from.generation(),
        from.renewalOf(),
        from.renewalReference(),
        version,
        state,
        terms,
        plan,
        reference,
        validations,
        certificate,
        vendorStatus,
        message,
        error,
        intent,
        attempts,
        from.createdAt(),
        updatedAt,
        appliedAt,
        renewedAt,
        nextStepAt,
        deadline,
        suggested,
        from.selfPublished(),
        publications,
        deliveries);
  }
}
