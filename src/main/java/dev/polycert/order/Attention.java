package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why an order needs a person. */
public enum Attention {
  /** A record or a file of its validation, which Polycert does not publish itself. */
  PUBLISH,
  /** Data about the applicant. */
  INFORMATION,
  /** The vendor refuses the keys of the account. */
  CREDENTIALS,
  /** The account's quota is used up. */
  QUOTA,
  /** The vendor asks for something that only a person can do there. */
  NEEDS_USER,
  /** It failed in the last 30 days, and nothing has followed it. */
  FAILED,
  /** A target does not take the certificate. */
  UNDELIVERED,
  /** A host serves another certificate than the one that was delivered. */
  SERVED,
  /** A DNS record of ours could not be removed. */
  RECORD_LEFT,
  /**
   * Its certificate ends within 30 days and Polycert only watches it, or ends soon and its renewal
   * has not worked yet, or has ended in the last 30 days and nothing has followed it.
   */
  EXPIRING;

  private static final Duration RECENT = Duration.ofDays(30);
  private static final Duration SOON = Duration.ofDays(30);

  private static final Set<Publication.State> OURS =
      Set.of(
          Publication.State.FOUND,
          Publication.State.WRITING,
          Publication.State.WRITTEN,
          Publication.State.SEEN,
          Publication.State.REMOVED,
          Publication.State.PASSED_ON);

  private static final Set<ServedAddress.Status> WRONG =
      Set.of(
          ServedAddress.Status.OLDER,
          ServedAddress.Status.ANOTHER,
          ServedAddress.Status.NAME_NOT_COVERED,
          ServedAddress.Status.CHAIN_INCOMPLETE,
          ServedAddress.Status.EXPIRING,
          ServedAddress.Status.NOT_YET_VALID);

  /**
   * Why a person is needed now; empty when nobody is. Of several reasons, the most hindering one.
   */
  public static Optional<Attention> of(Order order, Instant now) {
    return Optional.ofNullable(
        switch (order.state()) {
          case PENDING_VALIDATION -> unpublished(order) ? PUBLISH : refused(order.error());
          case PENDING_INFORMATION -> INFORMATION;
          case REQUESTED, APPLYING, UNCERTAIN -> refused(order.error());
          case FAILED -> isRecent(order, now) ? failed(order) : null;
          case ISSUED -> ofIssued(order, now);
          case EXPIRED -> isRecent(order, now) ? EXPIRING : null;
          case REVOKED, CANCELLED -> null;
        });
  }

  private static boolean isRecent(Order order, Instant now) {
    return order.updatedAt().plus(RECENT).isAfter(now);
  }

  private static Attention failed(Order order) {
    Attention reason = refused(order.error());
    return reason == null ? FAILED : reason;
  }

  private static @Nullable Attention refused(@Nullable VendorError error) {
    ErrorClass errorClass = error == null ? ErrorClass.RETRY : error.errorClass();
    return switch (errorClass) {
      case CREDENTIALS -> CREDENTIALS;
      case QUOTA -> QUOTA;
      case NEEDS_USER -> NEEDS_USER;
      default -> null;
    };
  }

  private static boolean unpublished(Order order) {
    return order.validations().stream().anyMatch(validation -> !published(order, validation));
  }

  private static boolean published(Order order, Validation validation) {
    return order.publications().stream()
        .filter(record -> OURS.contains(record.state()))
        .anyMatch(record -> record.recordName().equals(validation.recordName()));
  }

  private static @Nullable Attention ofIssued(Order order, Instant now) {
    // What is not delivered is not served either: the delivery comes first.
    if (order.deliveries().stream().anyMatch(Attention::stuck)) {
      return UNDELIVERED;
    }
    Served served = order.issuance().served();
    if (served != null
        && served.addresses().stream().anyMatch(address -> WRONG.contains(address.status()))) {
      return SERVED;
    }
    if (order.publications().stream().anyMatch(record -> Upkeep.left(order, record))) {
      return RECORD_LEFT;
    }
    if (order.watched() && endsSoon(order.certificate(), now)) {
      return EXPIRING;
    }
    // Its renewal cannot even begin: the account is gone, say, or a CNAME of the validation.
    Attention hindered = refused(order.error());
    boolean worrying = Validity.of(order).filter(it -> it.worrying(now)).isPresent();
    return hindered == null && worrying ? EXPIRING : hindered;
  }

  private static boolean stuck(Delivery delivery) {
    return delivery.state() == Delivery.State.REFUSED
        || (delivery.state() == Delivery.State.WAITING && delivery.error() != null);
  }

  private static boolean endsSoon(@Nullable CertificateFacts certificate, Instant now) {
    return certificate != null
        && certificate.notAfter() != null
        && certificate.notAfter().isBefore(now.plus(SOON));
  }
}
