package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One application for one domain at one provider account: the unit of state.
 *
 * <p>A changed order is a draft: it carries the revision that it was made from until it is {@link
 * #recordedAt recorded}. As JSON an order is flat, without its groups.
 *
 * @param intent the write without a recorded result, if there is one
 * @param own the DNS records that we publish ourselves
 * @param deliveries where the certificate is brought to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(
    @JsonUnwrapped Identity identity,
    @JsonUnwrapped Revision revision,
    OrderState state,
    @JsonUnwrapped Placement placement,
    @JsonUnwrapped Report report,
    @JsonUnwrapped Issuance issuance,
    @JsonUnwrapped Schedule schedule,
    @Nullable Intent intent,
    @JsonUnwrapped OwnRecords own,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Delivery> deliveries) {

  public Order {
    deliveries = List.copyOf(deliveries);
  }

  /** A new order, as it is to be claimed. */
  public static Order requested(Identity identity, Terms terms) {
    return new Order(
        identity,
        Revision.first(identity.createdAt()),
        OrderState.REQUESTED,
        Placement.of(terms),
        Report.none(),
        Issuance.none(),
        Schedule.none(),
        null,
        OwnRecords.none(false),
        List.of());
  }

  // --- drafts ---

  public Order with(OrderState state) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order with(Placement placement) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order with(Report report) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order with(Issuance issuance) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order with(Schedule schedule) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order with(OwnRecords own) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order withIntent(@Nullable Intent intent) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order withDeliveries(List<Delivery> deliveries) {
    return new Order(
        identity, revision, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  public Order withPublications(List<Publication> publications) {
    return with(own.withPublications(publications));
  }

  public Order withError(@Nullable VendorError error) {
    return with(report.withError(error));
  }

  public Order withNextStepAt(@Nullable Instant nextStepAt) {
    return with(schedule.withNextStepAt(nextStepAt));
  }

  /**
   * This draft, of which people are not notified again: an earlier record announced the issued
   * order.
   */
  public Order asAnnounced() {
    return state == OrderState.ISSUED ? with(issuance.withAnnounced(true)) : this;
  }

  /** With members that only a newer version knows; see {@link Revision#others}. */
  public Order withOthers(Map<String, String> others) {
    Revision with = revision.withOthers(others);
    return new Order(
        identity, with, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  /** This draft as the next record. */
  public Order recordedAt(Instant now) {
    Revision next = revision.next(now);
    return new Order(
        identity, next, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  /** This record, to which a caller's request led. */
  public Order by(@Nullable String caller) {
    Revision authored = revision.by(caller);
    return new Order(
        identity, authored, state, placement, report, issuance, schedule, intent, own, deliveries);
  }

  // --- questions about it ---

  /** Whether a draft was made from this record of the order, and not from an earlier one. */
  public boolean isBaseOf(Order draft) {
    return draft.version() == version();
  }

  /** This time, or that of the last record if the clock was set back since. */
  public Instant noEarlier(Instant now) {
    return revision.noEarlier(now);
  }

  /**
   * Whether the vendor has not confirmed it yet: it waits to be sent, or the result of sending it
   * is unknown. All tries together are one phase.
   */
  public boolean unanswered() {
    return switch (state) {
      case REQUESTED, UNCERTAIN -> true;
      case APPLYING -> intent != null && !intent.ends();
      default -> false;
    };
  }

  /** Whether another step may now be between a write's intent and its result. */
  public boolean othersAtWork(Instant now) {
    return intent != null && state != OrderState.UNCERTAIN && intent.mayBeAtWork(now);
  }

  /** Whether the vendor was asked to end the order and may not have done so yet. */
  public boolean ends() {
    return intent != null && intent.ends();
  }

  /**
   * The application as the provider sees it; whether Polycert publishes the records does not
   * concern the provider.
   */
  public Application application() {
    Terms terms = terms();
    return new Application(
            domain(),
            own.selfPublished() ? terms.withValidation(ValidationMethod.DNS) : terms,
            placement.plan(),
            placement.reference(),
            placement.validations(),
            placement.appliedAt(),
            identity.renewalReference())
        .of(id().value());
  }

  // --- members of its groups that are read everywhere ---

  public OrderId id() {
    return identity.id();
  }

  public String provider() {
    return identity.provider();
  }

  public String account() {
    return identity.account();
  }

  /** See {@link Identity#series}. */
  public String series() {
    return Identity.series(account(), identity.label());
  }

  public DomainName domain() {
    return identity.domain();
  }

  /** The names beside the domain that its certificate is asked for. */
  public Set<DomainName> alternativeNames() {
    return AlternativeNames.others(domain(), terms().options());
  }

  public int generation() {
    return identity.generation();
  }

  public @Nullable OrderId renewalOf() {
    return identity.renewalOf();
  }

  public Instant createdAt() {
    return identity.createdAt();
  }

  public long version() {
    return revision.version();
  }

  public Instant updatedAt() {
    return revision.updatedAt();
  }

  public Terms terms() {
    return placement.terms();
  }

  public @Nullable Reference reference() {
    return placement.reference();
  }

  /** Whether Polycert only watches it and does not renew it. */
  public boolean watched() {
    return placement.watched();
  }

  public List<Validation> validations() {
    return placement.validations();
  }

  public @Nullable CertificateFacts certificate() {
    return issuance.certificate();
  }

  public @Nullable String vendorStatus() {
    return report.vendorStatus();
  }

  public @Nullable String message() {
    return report.message();
  }

  public @Nullable VendorError error() {
    return report.error();
  }

  public @Nullable Instant nextStepAt() {
    return schedule.nextStepAt();
  }

  public @Nullable Instant deadline() {
    return schedule.deadline();
  }

  public List<Publication> publications() {
    return own.publications();
  }
}
